import type { Json } from '../../model/json.ts'
import { noteRouting } from '../tenant/routing.ts'
import { type Kind, type SandboxState, type StoredObject, sandboxNow } from '../tenant/state.ts'
import type { BoundCommand } from './bind.ts'
import type { CmdletTable } from './cmdlet.ts'
import { connectionFilterCmdlets } from './cmdlets/connection-filter.ts'
import { inboundConnectorCmdlets } from './cmdlets/inbound-connectors.ts'
import { managementRoleCmdlets } from './cmdlets/management-roles.ts'
import { messageTraceCmdlets } from './cmdlets/message-trace.ts'
import { outboundConnectorCmdlets } from './cmdlets/outbound-connectors.ts'
import { readCmdlets } from './cmdlets/reads.ts'
import { transportRuleCmdlets } from './cmdlets/transport-rules.ts'
import { errorTypes, Refusal } from './errors.ts'

const table: CmdletTable = {
  ...transportRuleCmdlets,
  ...inboundConnectorCmdlets,
  ...outboundConnectorCmdlets,
  ...connectionFilterCmdlets,
  ...messageTraceCmdlets,
  ...managementRoleCmdlets,
  ...readCmdlets,
}

export interface Output {
  readonly rows: readonly Json[]
  readonly warnings: readonly string[]
}

/** The objects as this read sees them; a stale view is used up by it. */
function view(state: SandboxState, kind: Kind): readonly StoredObject[] {
  const stale = state.stale.find((reads) => reads.kind === kind)
  if (stale === undefined) return state.objects[kind]
  stale.left -= 1
  state.stale = state.stale.filter((reads) => reads.left > 0)
  return stale.objects
}

/** Runs a command on the tenant. Throws a Refusal, and has changed nothing then. */
export function runCommand(state: SandboxState, { cmdlet, parameters }: BoundCommand): Output {
  const run = table[cmdlet]
  if (run === undefined)
    throw new Refusal(
      errorTypes.unknownCmdlet,
      `The term '${cmdlet}' is not recognized as the name of a cmdlet.`,
    )
  const warnings: string[] = []
  const rows = run({
    state,
    parameters,
    now: sandboxNow(state),
    objects: (kind) => view(state, kind),
    warn: (text) => {
      warnings.push(text)
    },
  })
  noteRouting(state)
  return { rows, warnings }
}
