import type { PermissionCheck } from '../../../../adapters/graph/preflight.ts'
import { UsageError } from '../../../model/errors.ts'
import { type AppAct, appActs, isGraphAskedFor } from '../app-acts.ts'
import { type Answer, type DoctorCheck, missing, ok, unknown } from '../check.ts'
import type { Examination } from '../examination.ts'

const script = 'scripts/permissions/Grant-OffboardAccess.ps1'

/** What is not set up, and not asked for either, is no fault. */
async function unlessUnasked(examination: Examination, look: () => Promise<Answer>): Promise<Answer> {
  try {
    return await look()
  } catch (error) {
    if (!(error instanceof UsageError) || isGraphAskedFor(examination)) throw error
    return unknown(`not checked: ${error.said ?? error.message}`, error.hint)
  }
}

/** Gets a token for Graph; what the caller may do there rests on it. */
function signInCheck(required: boolean): DoctorCheck {
  return {
    id: 'graph',
    title: 'Microsoft Graph',
    required,
    needs: ['sandbox'],
    look: (examination) =>
      unlessUnasked(examination, async () => {
        const checks = await examination.graphPermissions()
        if (checks.some(({ allowed }) => allowed === 'unknown'))
          return unknown(
            'the token does not say what it is good for',
            'Use a token whose permissions can be read, or go on without this check.',
          )
        const allowed = checks.filter((check) => check.allowed === 'yes')
        return ok(
          `the token is good for ${allowed.length} of the ${checks.length} requests that offboard uses`,
        )
      }),
  }
}

/** Graph and Exchange must be of one tenant. What Exchange cannot tell now is left to its own check. */
function directoryCheck(required: boolean): DoctorCheck {
  return {
    id: 'directory',
    title: 'Directory',
    required,
    needs: ['graph'],
    async look(examination) {
      const [{ id, name, domains }, exchange] = await Promise.all([
        examination.directory(),
        examination.identity().catch(() => undefined),
      ])
      if (exchange !== undefined && exchange.id !== id)
        return missing(
          `Microsoft Graph is connected to ${name} (${id}), and Exchange Online to ${exchange.name} (${exchange.id})`,
          'Use credentials of one tenant for both.',
        )
      return ok(`${name} (${id}), ${domains.length} verified domains; asked for, token and directory are one`)
    },
  }
}

function remedyFor(names: readonly string[], level: string): string {
  return `Grant ${names.join(' and ')} on Microsoft Graph, with ${script} -Graph ${level} or in the Entra admin center: see docs/permissions.md. It takes a while to be in effect.`
}

function judge(
  { without = '', level }: AppAct,
  isAskedFor: boolean,
  checks: readonly PermissionCheck[],
): Answer {
  const refused = checks.filter(({ allowed }) => allowed === 'no')
  const names = [...new Set(refused.flatMap((check) => check.missing))]
  if (names.length === 0) return ok(isAskedFor ? `all of ${checks.length} requests` : 'not needed now')
  const lacks = `lacks ${names.join(', ')}`
  return isAskedFor
    ? missing(`${lacks} on Microsoft Graph`, remedyFor(names, level))
    : ok(`not needed now; ${lacks}${without}`)
}

function actCheck(act: AppAct, isAskedFor: boolean): DoctorCheck {
  return {
    id: `may-${act.act}-app`,
    title: `May ${act.title}`,
    required: isAskedFor,
    needs: ['graph'],
    async look(examination) {
      const checks = await examination.graphPermissions()
      const own = checks.filter(({ request }) => request.act === act.act)
      return judge(act, isAskedFor, own)
    },
  }
}

/** Which directory it is, and what the caller may do with the vendor's app there. */
export function graphChecks(examination: Examination): readonly DoctorCheck[] {
  const required = isGraphAskedFor(examination)
  return [
    signInCheck(required),
    directoryCheck(required),
    ...appActs.map((act) => actCheck(act, act.isAskedFor(examination))),
  ]
}
