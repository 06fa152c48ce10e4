import type { RegionId } from '../../model/words.ts'
import { xrayAccount } from '../xray/account.ts'
import { type RoutingSpan, type SandboxState, sandboxNow } from './state.ts'

/** Something that was done in the vendor's console. */
interface ConsoleEvent {
  /** Epoch milliseconds. */
  readonly at: number
  readonly action: string
}

/** The customer's organization at the vendor. */
export interface VendorState {
  readonly token: string
  readonly organization: string
  region: RegionId
  /** Whether the token may read: the API needs a licence. */
  licensed: boolean
  /** `inline`: what a rule of Microsoft 365 hands over is scanned, `google`: what one of Gmail does, `mx`: what comes by
   * MX. `api`: every mailbox is. */
  method: 'inline' | 'google' | 'api' | 'mx'
  /** When the channel to Microsoft 365 was active. */
  readonly channel: RoutingSpan[]
  readonly events: ConsoleEvent[]
}

export function newVendor(region: RegionId): VendorState {
  return {
    ...xrayAccount,
    region,
    licensed: true,
    method: 'inline',
    channel: [{ from: null, to: null }],
    events: [],
  }
}

export function isChannelActive({ channel }: VendorState): boolean {
  return channel.some(({ to }) => to === null)
}

/** Switches the channel in the vendor's console; it says so in its audit log. */
export function switchChannel(state: SandboxState, active: boolean): void {
  const { vendor } = state
  if (isChannelActive(vendor) === active) return
  const at = sandboxNow(state).getTime()
  if (active) vendor.channel.push({ from: at, to: null })
  for (const span of vendor.channel) if (!active) span.to ??= at
  vendor.events.push({ at, action: active ? 'channel_activated' : 'channel_deactivated' })
}

function within(spans: readonly RoutingSpan[], at: number): boolean {
  return spans.some(
    ({ from, to }) => at >= (from ?? Number.NEGATIVE_INFINITY) && at <= (to ?? Number.POSITIVE_INFINITY),
  )
}

export function isChannelActiveAt({ channel }: VendorState, at: number): boolean {
  return within(channel, at)
}

/** Whether the vendor scans the mail of a moment: its channel is active, and it gets the mail. */
export function isScanned({ vendor, routing, google, dns }: SandboxState, at: number): boolean {
  const gets = { inline: routing, google: google.routing, api: vendor.channel, mx: dns.routing } as const
  return within(vendor.channel, at) && within(gets[vendor.method], at)
}
