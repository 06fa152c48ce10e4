import type { FaultKind } from '../faults.ts'
import { type Incoming, jsonAnswer, type Reply } from '../http.ts'
import { type Result, serve } from '../serve.ts'
import type { Kind, SandboxState } from '../tenant/state.ts'
import type { Store } from '../tenant/store.ts'
import { turnAway } from './admission.ts'
import { answerCommand } from './command.ts'
import { readCommand } from './envelope.ts'
import { exchangeFaults } from './faulty.ts'
import { createPages } from './pages.ts'
import { cmdletsOf } from './roles.ts'
import { findCmdlet, isWrite } from './signatures.ts'

/** How many reads still see the state before a write. */
const staleReads = 2

const nouns: Readonly<Record<string, Kind>> = {
  TransportRule: 'transport-rule',
  InboundConnector: 'inbound-connector',
  OutboundConnector: 'outbound-connector',
  HostedConnectionFilterPolicy: 'connection-filter-policy',
  ServicePrincipal: 'service-principal',
  RoleGroup: 'role-group',
  RoleGroupMember: 'role-group',
}

/** Keeps what there was for the next reads, when the fault says so. */
function withStaleReads(
  state: SandboxState,
  cmdlet: string,
  fault: FaultKind | undefined,
  write: () => Result,
): Result {
  const kind = nouns[cmdlet.replace(/^[A-Z][a-z]+-/, '')]
  if (fault !== 'stale-reads' || kind === undefined) return write()
  const objects = structuredClone(state.objects[kind])
  const result = write()
  if (result.done) state.stale.push({ kind, objects, left: staleReads })
  return result
}

/** The endpoint for commands, and the list of those that the caller may run. */
export interface ExchangeEndpoint {
  invoke(request: Incoming, tenant: string): Reply
  moduleFile(request: Incoming, tenant: string): Reply
}

export function createExchange(store: Store): ExchangeEndpoint {
  const pages = createPages()

  return {
    invoke(request, tenant) {
      const { state } = store
      const command = readCommand(request.body)
      const cmdlet = command === undefined ? 'malformed' : (findCmdlet(command.cmdlet) ?? command.cmdlet)
      const writes = command !== undefined && isWrite(cmdlet)
      return serve(store, exchangeFaults, {
        name: cmdlet,
        write: writes ? command.parameters : undefined,
        run: (fault) =>
          withStaleReads(state, cmdlet, fault, () => answerCommand(state, pages, request, tenant, command)),
      })
    },
    moduleFile(request, tenant) {
      const { state } = store
      const list = (): Result => ({
        answer:
          turnAway(state, request, tenant) ??
          jsonAnswer(200, {
            '@odata.context': `${request.url.origin}/adminapi/v1.0/${tenant}/$metadata#EXOModuleFile`,
            value: [{ moduleVersion: '3.9.2', exportedCmdlets: cmdletsOf(state.caller).join(',') }],
          }),
        done: true,
      })
      return serve(store, exchangeFaults, { name: 'EXOModuleFile', write: undefined, run: list })
    },
  }
}
