import { type FaultKind, faultKinds, takeFault } from '../faults.ts'
import { type Answer, header, type Incoming, jsonAnswer, type Reply } from '../http.ts'
import { countRequest } from '../tenant/counts.ts'
import { type Kind, type SandboxState, sandboxNow, type WriteRecord } from '../tenant/state.ts'
import type { Store } from '../tenant/store.ts'
import { isAnchored, turnAway } from './admission.ts'
import { bindCommand } from './bind.ts'
import { type Command, confirmationAnswer, readCommand, resultAnswer } from './envelope.ts'
import { deniedAnswer, errorTypes, frontEndAnswer, Refusal, refusalAnswer } from './errors.ts'
import { exchangeFaults } from './faulty.ts'
import { createPages, type Pages, pageSizeOf } from './pages.ts'
import { cmdletsOf, mayRun } from './roles.ts'
import { runCommand } from './run.ts'
import { selected } from './select.ts'
import { findCmdlet, isWrite } from './signatures.ts'

const anchored = /^(New|Set|Remove)-(In|Out)boundConnector$/
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

interface Result {
  readonly answer: Answer
  readonly done: boolean
}

function refused(answer: Answer): Result {
  return { answer, done: false }
}

function checkEnvelope(request: Incoming, command: Command | undefined): Answer | undefined {
  if (!/^application\/json\b/i.test(header(request, 'content-type')))
    return frontEndAnswer(415, 'UnsupportedMediaType', 'The content type must be application/json.')
  if (command === undefined)
    return frontEndAnswer(
      400,
      'BadRequest',
      'The body must be {"CmdletInput":{"CmdletName":…,"Parameters":{…}}}.',
    )
  const named = header(request, 'x-cmdletname')
  if (named !== '' && named !== command.cmdlet)
    return frontEndAnswer(
      400,
      'BadRequest',
      `X-CmdletName is ${named}, the body's cmdlet is ${command.cmdlet}.`,
    )
  return undefined
}

function contextOf(request: Incoming, state: SandboxState): string {
  return `${request.url.origin}/adminapi/beta/${state.tenant.id}/$metadata#Collection(Exchange.GenericHashTable)`
}

function nextLinkOf(request: Incoming, token: string | undefined): { nextLink?: string } {
  if (token === undefined) return {}
  const link = new URL(request.url)
  link.searchParams.set('$skiptoken', token)
  return { nextLink: link.href }
}

function execute(state: SandboxState, pages: Pages, request: Incoming, command: Command): Result {
  const context = contextOf(request, state)
  const now = sandboxNow(state).getTime()
  const token = request.url.searchParams.get('$skiptoken')
  if (token !== null) {
    const page = pages.following(token, request.body, now)
    if (page === undefined) throw new Refusal(errorTypes.page, 'Expired or Invalid pagination request.')
    return {
      answer: resultAnswer({ context, rows: page.rows, warnings: [], ...nextLinkOf(request, page.next) }),
      done: true,
    }
  }
  const bound = bindCommand(command.cmdlet, command.parameters)
  if (!mayRun(state.caller, bound.cmdlet)) return refused(deniedAnswer(bound.cmdlet))
  if (anchored.test(bound.cmdlet) && !isAnchored(state, request))
    throw new Refusal(
      errorTypes.adServer,
      'An Active Directory error 0x51 occurred: the session has no write permission to the target DC. Anchor on the system mailbox of the tenant.',
    )
  if (bound.parameters.Confirm === true) return refused(confirmationAnswer(context, bound.cmdlet))
  const { rows, warnings } = runCommand(state, bound)
  const page = pages.first(
    selected(rows, request.url),
    request.body,
    pageSizeOf(header(request, 'prefer')),
    now,
  )
  return {
    answer: resultAnswer({ context, rows: page.rows, warnings, ...nextLinkOf(request, page.next) }),
    done: true,
  }
}

function answerCommand(
  state: SandboxState,
  pages: Pages,
  request: Incoming,
  tenant: string,
  command: Command | undefined,
): Result {
  const away = turnAway(state, request, tenant) ?? checkEnvelope(request, command)
  if (away !== undefined || command === undefined) return refused(away ?? { status: 400, body: '' })
  try {
    return execute(state, pages, request, command)
  } catch (error) {
    if (error instanceof Refusal) return refused(refusalAnswer(error, command.cmdlet))
    throw error
  }
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

function resultOf(result: Result | undefined): WriteRecord['result'] {
  if (result === undefined) return 'lost'
  return result.done ? 'done' : 'refused'
}

/** The endpoint for commands, and the list of those that the caller may run. */
export interface ExchangeEndpoint {
  invoke(request: Incoming, tenant: string): Reply
  moduleFile(request: Incoming, tenant: string): Reply
}

export function createExchange(store: Store): ExchangeEndpoint {
  const pages = createPages()

  function serve(
    cmdlet: string,
    writes: boolean,
    answer: () => Result,
    record: (result: Result | undefined) => void,
  ): Reply {
    const { state } = store
    countRequest(state, cmdlet)
    const fault = takeFault(state, cmdlet, writes)
    const result =
      fault === undefined || faultKinds[fault].done ? withStaleReads(state, cmdlet, fault, answer) : undefined
    record(result)
    if (writes || fault !== undefined) store.save()
    else store.saveSoon()
    const plain = result?.answer ?? { status: 500, body: '' }
    return fault === undefined ? plain : (exchangeFaults[fault]?.(plain) ?? plain)
  }

  return {
    invoke(request, tenant) {
      const { state } = store
      const command = readCommand(request.body)
      const cmdlet = command === undefined ? 'malformed' : (findCmdlet(command.cmdlet) ?? command.cmdlet)
      const writes = command !== undefined && isWrite(cmdlet)
      return serve(
        cmdlet,
        writes,
        () => answerCommand(state, pages, request, tenant, command),
        (result) => {
          if (!writes) return
          const at = sandboxNow(state).toISOString()
          state.writes.push({ at, cmdlet, parameters: command.parameters, result: resultOf(result) })
        },
      )
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
      return serve('EXOModuleFile', false, list, () => {})
    },
  }
}
