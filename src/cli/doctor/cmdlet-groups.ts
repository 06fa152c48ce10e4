import { readCmdlets } from '../../../adapters/exchange-online/cmdlets.ts'
import type { Platform, Step } from '../../model/platform.ts'

/** Cmdlets that are asked about together, as something that the program does. */
export interface CmdletGroup {
  readonly id: string
  readonly title: string
  readonly cmdlets: readonly string[]
  /** What happens without them, for what a run can do without. */
  readonly without?: string
}

/** How the tenant tells itself. */
const identityCmdlet = 'Get-AcceptedDomain'
const traceCmdlet = 'Get-MessageTraceV2'
/** Only doctor asks for it, and tells roles without it too. */
const rolesCmdlet = 'Get-ManagementRole'

function cmdletsOf(step: Step): readonly string[] {
  return 'permissions' in step && step.system === 'exchange-online' ? step.permissions : []
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)]
}

/** What the caller must be allowed to run: to make a plan, for each step, to put back; and what is optional. */
export function cmdletGroups({ steps, restore }: Platform): readonly CmdletGroup[] {
  const needed = distinct(steps.flatMap(cmdletsOf))
  const reads = distinct([identityCmdlet, ...needed.filter((name) => name.startsWith('Get-'))])
  const known = new Set([...reads, traceCmdlet, rolesCmdlet])
  const waits = steps.some(({ kind }) => kind === 'wait')
  const groups: readonly CmdletGroup[] = [
    { id: 'plan', title: 'read what a plan rests on', cmdlets: reads },
    ...steps
      .filter((step) => cmdletsOf(step).length > 0)
      .map((step) => ({ id: step.id, title: step.title, cmdlets: cmdletsOf(step) })),
    { id: 'restore', title: 'put back', cmdlets: distinct(restore.steps.flatMap(cmdletsOf)) },
    {
      id: 'trace',
      title: 'read the message trace',
      cmdlets: waits ? [traceCmdlet] : [],
      without: 'A run goes on without it: it waits as long as --drain says, and ends with 5, not proven.',
    },
    {
      id: 'leftovers',
      title: 'look for leftovers',
      cmdlets: readCmdlets.filter((name) => !known.has(name)),
      without: 'A run goes on without them: those places are told as "not checked".',
    },
  ]
  return groups.filter(({ cmdlets }) => cmdlets.length > 0)
}
