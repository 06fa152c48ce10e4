import type { ScopeCheck } from '../../../../adapters/google-workspace/preflight.ts'
import { PermissionError } from '../../../model/errors.ts'
import { type Answer, type DoctorCheck, missing, ok, unknown } from '../check.ts'
import { type Examination, inUse } from '../examination.ts'
import { type GooglePurpose, googlePurposes } from '../google-purposes.ts'

const effective = 'A change takes minutes, at worst 24 hours, to be in effect: see docs/permissions.md.'

function methodOf({ options, environment }: Examination, isScoped: boolean): string {
  if (options.sandbox) return 'none needed in the sandbox'
  if (isScoped) return `a service account, acting for ${environment.OFFBOARD_GOOGLE_SUBJECT ?? 'nobody'}`
  return options.auth === 'token' || environment.GOOGLE_APPLICATION_CREDENTIALS === undefined
    ? 'token (the access token in OFFBOARD_GOOGLE_TOKEN)'
    : 'an administrator who signed in'
}

function isGiven({ allowed, said }: ScopeCheck): boolean {
  return allowed !== 'no' && said === undefined
}

/** When no scope is delegated, all of them are named at once. */
function notDelegated(error: unknown, checks: readonly ScopeCheck[]): Answer {
  const isRefused = error instanceof PermissionError && checks.every(({ allowed }) => allowed === 'no')
  if (!isRefused) throw error
  const purposes = googlePurposes.filter(({ isAskedFor }) => isAskedFor({ googlePolicyWrites: false }))
  const asked = ['identity', ...purposes.map(({ purpose }) => purpose)]
  const scopes = checks.filter(({ requests }) => requests.some(({ purpose }) => asked.includes(purpose)))
  return missing(
    error.message,
    `${effective} ${error.hint ?? ''} All that a dry run uses: ${scopes.map(({ scope }) => scope).join(',')}`,
  )
}

/** Each scope has a token of its own: one that is given shows that the credential works. */
const credentialCheck: DoctorCheck = {
  id: 'credential',
  title: 'Credential',
  required: true,
  needs: ['sandbox'],
  async look(examination) {
    const google = inUse((await examination.connection()).google, 'Google Workspace')
    const isScoped = await google.isScoped()
    const method = methodOf(examination, isScoped)
    const checks = await examination.scopes()
    const given = checks.filter(isGiven)
    const { scope = '' } = given[0] ?? checks[0] ?? {}
    const { needed: attempt } = await examination.attempts()
    try {
      await attempt('read', () => google.token(scope))
    } catch (error) {
      return notDelegated(error, checks)
    }
    const count = `tokens are given for ${given.length} of the ${checks.length} scopes that offboard uses`
    return ok(isScoped ? `${method}; ${count}` : `${method}; which scopes it has, it does not say`)
  },
}

const customerCheck: DoctorCheck = {
  id: 'tenant',
  title: 'Customer',
  required: true,
  needs: ['credential'],
  async look(examination) {
    const { id, name } = await examination.identity()
    return ok(`${name} (${id}), the one that was asked for`)
  },
}

/** Reads policies: that shows the role, and that the API is switched on. */
const policyApiCheck: DoctorCheck = {
  id: 'policy-api',
  title: 'Super administrator',
  required: true,
  needs: ['tenant'],
  async look(examination) {
    const rules = await examination.listed('compliance-rule')
    return ok(
      `the Policy API answers, which only a super administrator may use; content-compliance rules: ${rules.length}`,
    )
  },
}

function remedyFor(refused: readonly ScopeCheck[]): string {
  const hints = [...new Set(refused.flatMap(({ hint }) => hint ?? []))]
  const scopes = `Delegate exactly these scopes: ${refused.map(({ scope }) => scope).join(',')}`
  return `${effective} ${hints.length === 0 ? scopes : hints.join(' ')}`
}

/** What the sign-in says of the scopes; undefined when it gives tokens and does not say what they are good for. */
function told(checks: readonly ScopeCheck[], isAskedFor: boolean, without: string): Answer | undefined {
  const refused = checks.filter(({ allowed }) => allowed === 'no')
  const lacks = `lacks ${refused.map(({ scope }) => scope).join(', ')}`
  if (refused.length > 0)
    return isAskedFor ? missing(`${lacks}${without}`, remedyFor(refused)) : ok(`not needed now; ${lacks}`)
  const untold = checks.find((check) => !isGiven(check))
  if (untold !== undefined) return unknown(untold.said ?? 'not answered', untold.hint)
  if (!isAskedFor) return ok('not needed now')
  return checks.every(({ allowed }) => allowed === 'yes')
    ? ok(checks.map(({ scope }) => scope).join(', '))
    : undefined
}

/** The credential does not say: reading does. What takes too many requests to read, or is a write, is not known. */
async function shown(examination: Examination, { proof }: GooglePurpose, scopes: string): Promise<Answer> {
  if (proof === undefined)
    return unknown('the credential does not say', `It must be good for ${scopes}: see docs/permissions.md.`)
  await examination.listed(proof)
  return ok('shown by reading')
}

function purposeCheck(examination: Examination, one: GooglePurpose): DoctorCheck {
  const isAskedFor = one.isAskedFor(examination.options)
  const without = one.without === undefined ? '' : `. ${one.without}`
  return {
    id: `may-${one.purpose}`,
    title: `May ${one.title}`,
    required: isAskedFor && one.without === undefined,
    needs: ['credential'],
    async look() {
      const all = await examination.scopes()
      const checks = all.filter(({ requests }) => requests.some(({ purpose }) => purpose === one.purpose))
      const answer = told(checks, isAskedFor, without)
      if (answer !== undefined) return answer
      return shown(examination, one, checks.map(({ scope }) => scope).join(', '))
    },
  }
}

/** Which customer it is, and what the caller may do there. */
export function googleChecks(examination: Examination): readonly DoctorCheck[] {
  return [
    credentialCheck,
    customerCheck,
    policyApiCheck,
    ...googlePurposes.map((one) => purposeCheck(examination, one)),
  ]
}
