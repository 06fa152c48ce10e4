import type { CmdletCheck } from '../../../../adapters/exchange-online/preflight.ts'
import { type Answer, type DoctorCheck, missing, ok, unknown } from '../check.ts'
import type { CmdletGroup } from '../cmdlet-groups.ts'
import { remedyFor } from '../roles.ts'

const tryAgain =
  'The warnings say what the service answered. An application needs Exchange.ManageAsApp and a role: see docs/permissions.md.'

/** Asks the service once what the caller may run; the checks of each step rest on it. */
export const cmdletsCheck: DoctorCheck = {
  id: 'cmdlets',
  title: 'Permissions',
  required: true,
  needs: ['powershell', 'credential'],
  async look(examination) {
    const checks = [...(await examination.cmdlets()).values()]
    if (checks.some(({ allowed }) => allowed === 'unknown'))
      return unknown('the service did not say which cmdlets the caller may run', tryAgain)
    const allowed = checks.filter((check) => check.allowed === 'yes')
    return ok(`the caller may run ${allowed.length} of the ${checks.length} cmdlets that offboard uses`)
  },
}

function listed(checks: readonly CmdletCheck[]): string {
  return checks.map(({ cmdlet }) => cmdlet).join(', ')
}

function judge(group: CmdletGroup, checks: readonly CmdletCheck[]): Answer {
  const refused = checks.filter(({ allowed }) => allowed === 'no')
  if (refused.length === 0) return ok(`all of ${checks.length} cmdlets`)
  const without = group.without === undefined ? '' : `. ${group.without}`
  return missing(`may not run ${listed(refused)}${without}`, remedyFor(refused))
}

/** What one step, or another thing that is done together, needs. */
export function permissionCheck(group: CmdletGroup): DoctorCheck {
  return {
    id: `may-${group.id}`,
    title: `May ${group.title.charAt(0).toLowerCase()}${group.title.slice(1)}`,
    required: group.without === undefined,
    needs: ['cmdlets'],
    async look(examination) {
      const checks = await examination.cmdlets()
      return judge(
        group,
        group.cmdlets.flatMap((cmdlet) => checks.get(cmdlet) ?? []),
      )
    },
  }
}
