import { containsAddress } from '../../footprint/address.ts'
import { allAddresses } from '../../footprint/footprint.ts'
import { matchRule, routeOf, routesToVendor } from '../../footprint/match/rule.ts'
import { text } from '../../footprint/properties.ts'
import type { TracedMessage } from '../../model/adapter.ts'
import { changeId } from '../../model/name.ts'
import type { EditStep, Proposal, WaitStep } from '../../model/platform.ts'
import type { WaitAnswer, WaitContext } from '../../model/wait.ts'
import { objectsOf } from '../objects.ts'

const minute = 60_000

/**
 * The trace shows a message ten minutes late at the most:
 * https://learn.microsoft.com/exchange/monitoring/trace-an-email-message/message-trace-faq
 */
const traceLagMs = 10 * minute

/** How long no mail of the vendor's may have come in. */
const quietMs = 10 * minute

/**
 * Mail that the redirect rule has already sent to the scanner still comes back, up to half an hour after the rule
 * is gone. So the rule is switched off first, which can be taken back, and the rest waits until that mail is in.
 */
export const drain: EditStep = {
  id: 'drain',
  title: 'Stop the redirect',
  kind: 'edit',
  system: 'exchange-online',
  kinds: ['transport-rule'],
  permissions: ['Get-TransportRule', 'Disable-TransportRule', 'Enable-TransportRule'],
  propose(context): readonly Proposal[] {
    return objectsOf('transport-rule', context)
      .filter((rule) => context.isRemoved(rule) && routesToVendor(rule, context))
      .filter((rule) => text(rule, 'State') === 'Enabled')
      .map((rule) => ({
        id: changeId('drain', rule.name),
        kind: 'transport-rule',
        name: rule.name,
        detail: `routes to "${routeOf(rule)}"`,
        object: rule,
        edit: { kind: 'set', property: 'State', from: 'Enabled', to: 'Disabled' },
        restsOn: 'object',
        verdict: verdictOf(matchRule(rule, context)),
      }))
  },
}

/** A rule that is removed because the operator included it is drained for the same reason. */
function verdictOf(verdict: ReturnType<typeof matchRule>): Proposal['verdict'] {
  return { is: 'vendor', reason: verdict.is === 'other' ? 'included by you' : verdict.reason }
}

function isControl(message: TracedMessage, until: Date): boolean {
  return message.fromIp !== '' && message.toIp === '' && Date.parse(message.received) <= until.getTime()
}

function judge(messages: readonly TracedMessage[], vendor: readonly string[], settled: Date): WaitAnswer {
  const coming = messages.filter(({ fromIp }) => vendor.some((address) => containsAddress(address, fromIp)))
  const last = coming
    .map((message) => message.received)
    .sort()
    .at(-1)
  if (last !== undefined)
    return { is: 'not-yet', evidence: `mail from the vendor still came in, the last of it at ${last}` }
  const others = messages.filter((message) => isControl(message, settled)).length
  if (others === 0)
    return {
      is: 'no-comparison',
      evidence: 'no mail at all came in, so silence of the vendor proves nothing',
    }
  return {
    is: 'over',
    evidence: `no mail from the vendor for ${quietMs / minute} minutes until ${settled.toISOString()}, while ${others} other messages came in`,
  }
}

async function isQuiet({ footprint, systems, now }: WaitContext): Promise<WaitAnswer> {
  const trace = systems.get('exchange-online')?.mailTrace
  if (trace === undefined) return { is: 'unknown', evidence: 'there is no message trace' }
  const settled = new Date(now.getTime() - traceLagMs)
  const from = new Date(settled.getTime() - quietMs)
  const vendor = allAddresses(footprint)
  return judge(await trace.messages(from, now, vendor), vendor, settled)
}

export const drainWait: WaitStep = {
  id: 'drain-wait',
  title: 'Wait until the scanner has given back all mail',
  kind: 'wait',
  after: ['drain'],
  why: 'mail that is still in the scanner comes back first',
  plan(changes, { drainMs, drainMaxMs }) {
    const afterwards = changes.some((change) => change.step !== 'drain')
    if (drainMs === 0 || !afterwards) return undefined
    const stopped = changes.some((change) => change.step === 'drain')
    return {
      id: this.id,
      title: this.title,
      atLeastMs: stopped ? drainMs : 0,
      atMostMs: drainMaxMs,
      unreadableMs: drainMs,
    }
  },
  until: isQuiet,
}
