import type { JsonObject } from '../../model/json.ts'
import { guidOf } from '../tenant/ids.ts'
import type { RoutingSpan, SandboxState } from '../tenant/state.ts'

const minute = 60_000
/** Mail that the rule had handed over comes back this long after it stopped. */
const scannerTail = 8 * minute
/** Mail from the scanner comes so long after the full minute. */
const scannerSecond = 20_000
/** What is younger is not in the trace yet. */
export const traceLag = 5 * minute

const senders = ['203.0.113.25', '203.0.113.140', '198.51.100.7', '192.0.2.88']

/** A message of the simulated flow of mail. */
export interface SandboxMessage {
  /** Epoch milliseconds. */
  readonly at: number
  readonly row: JsonObject
}

function message(state: SandboxState, at: number, kind: string, fromIp: string): SandboxMessage {
  const domain = state.tenant.domain.replace('.onmicrosoft', '')
  const key = `${kind} ${at}`
  const index = Math.floor(at / minute)
  return {
    at,
    row: {
      MessageTraceId: guidOf(`trace ${key}`),
      MessageId: `<${guidOf(`message ${key}`)}@example.net>`,
      Received: `${new Date(at).toISOString().slice(0, -1)}0000Z`,
      SenderAddress: `sender${index % 7}@example.net`,
      RecipientAddress: `user${index % 5}@${domain}`,
      Subject: `Message of minute ${index}`,
      Status: 'Delivered',
      ToIP: '',
      FromIP: fromIp,
      Size: 12_000 + (index % 977),
    },
  }
}

function within(span: RoutingSpan, at: number): boolean {
  return (
    at >= (span.from ?? Number.NEGATIVE_INFINITY) && at <= (span.to ?? Number.POSITIVE_INFINITY) + scannerTail
  )
}

function comesFromScanner(state: SandboxState, at: number): boolean {
  return state.trace.vendorMail === 'always' || state.routing.some((span) => within(span, at))
}

function pick(list: readonly string[], index: number): string | undefined {
  return list[index % list.length]
}

/**
 * The mail of a span of time, newest first: one message a minute from outside, and one from the vendor's scanner
 * while mail goes round over it.
 */
export function* mailBetween(
  state: SandboxState,
  from: number,
  to: number,
  keep: (fromIp: string) => boolean,
): Generator<SandboxMessage> {
  const { otherMail, vendorAddresses } = state.trace
  for (let start = Math.floor(to / minute) * minute; start >= from - minute; start -= minute) {
    const index = start / minute
    const other = pick(senders, index)
    const scanner = pick(vendorAddresses, index)
    const inside = (at: number): boolean => at >= from && at <= to
    const scanned = start + scannerSecond
    if (scanner !== undefined && keep(scanner) && inside(scanned) && comesFromScanner(state, scanned))
      yield message(state, scanned, 'scanner', scanner)
    if (otherMail && other !== undefined && keep(other) && inside(start))
      yield message(state, start, 'other', other)
  }
}
