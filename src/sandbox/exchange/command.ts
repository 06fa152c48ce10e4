import { type Answer, header, type Incoming } from '../http.ts'
import { type Result, refused } from '../serve.ts'
import { type SandboxState, sandboxNow } from '../tenant/state.ts'
import { isAnchored, turnAway } from './admission.ts'
import { bindCommand } from './bind.ts'
import { type Command, confirmationAnswer, resultAnswer } from './envelope.ts'
import { deniedAnswer, errorTypes, frontEndAnswer, Refusal, refusalAnswer } from './errors.ts'
import { throttledAnswer } from './faulty.ts'
import { type Pages, pageSizeOf } from './pages.ts'
import { mayRun } from './roles.ts'
import { runCommand } from './run.ts'
import { selected } from './select.ts'
import { spendTrace } from './trace-budget.ts'

const anchored = /^(New|Set|Remove)-(In|Out)boundConnector$/

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
  const wait = bound.cmdlet === 'Get-MessageTraceV2' ? spendTrace(state, now) : undefined
  if (wait !== undefined) return refused(throttledAnswer(Math.ceil(wait / 1000)))
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

/** Answers a request for a command: from the door to the last page. */
export function answerCommand(
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
