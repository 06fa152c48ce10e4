import type { Json, JsonObject } from '../../model/json.ts'
import type { RegionId } from '../../model/words.ts'
import type { CloudflareState } from '../dns/cloudflare/kept-record.ts'
import type { Zone } from '../dns/zones.ts'
import type { PendingFault } from '../faults.ts'
import type { SmtpState } from '../smtp/server.ts'
import type { DirectoryState } from './directory.ts'
import type { GoogleState } from './google.ts'
import type { VendorState } from './vendor.ts'

/** Kinds of object that the simulated tenant holds. */
export const kinds = [
  'transport-rule',
  'inbound-connector',
  'outbound-connector',
  'connection-filter-policy',
  'accepted-domain',
  'transport-config',
  'organization-config',
  'arc-config',
  'journal-rule',
  'allow-block-entry',
  'spoof-entry',
  'content-filter-policy',
  'anti-phish-policy',
  'phish-sim-policy',
  'phish-sim-rule',
  'sec-ops-policy',
  'sec-ops-rule',
  'safe-links-policy',
  'safe-attachment-policy',
  'remote-domain',
  'dkim-signing-config',
  'distribution-group',
  'mail-contact',
  'service-principal',
  'role-group',
] as const
export type Kind = (typeof kinds)[number]

/** An object as it is kept: only what differs from the kind's defaults. The place in the list is its priority. */
export interface StoredObject {
  readonly guid: string
  name: string
  readonly createdAt: string
  changedAt: string
  properties: Record<string, Json>
}

/** A span of time in which a rule handed mail to the vendor, on the sandbox's clock. */
export interface RoutingSpan {
  /** null: since ever. */
  readonly from: number | null
  /** null: still. */
  to: number | null
}

/** What the message trace shows. */
export interface TraceSettings {
  /** Whether mail from outside arrives that has nothing to do with the vendor. */
  readonly otherMail: boolean
  /** `always`: mail from the vendor's addresses goes on after the redirect ended. */
  readonly vendorMail: 'while-routing' | 'always'
  readonly vendorAddresses: readonly string[]
}

/** What the account or application that calls may do. */
export interface Caller {
  readonly roles: readonly string[]
  /** Cmdlets that it may not run although a role has them. */
  readonly without: readonly string[]
}

/** Public DNS, and the zones at each provider that hosts them. */
export interface DnsState {
  zones: Zone[]
  /** What Cloudflare keeps of each record. */
  readonly cloudflare: CloudflareState
  /** What the policy of MTA-STS of a domain says; the sandbox does not serve it. */
  readonly mtaSts: Record<string, string>
  /** How every mail server answers. */
  smtp: SmtpState
  /** When the MX of a domain led to the vendor. */
  readonly routing: RoutingSpan[]
  /** Names, with everything below them, that are answered with SERVFAIL. */
  serverFailure: readonly string[]
}

/** One request that could have changed something. */
export interface WriteRecord {
  /** ISO 8601, on the sandbox's clock. */
  readonly at: string
  readonly cmdlet: string
  readonly parameters: JsonObject
  /** `lost`: a fault kept the service from doing it. */
  readonly result: 'done' | 'refused' | 'lost'
}

/** Reads of a kind that still answer what was there before a write. */
interface StaleReads {
  readonly kind: Kind
  readonly objects: readonly StoredObject[]
  left: number
}

/** Everything the sandbox knows. Plain data: it is its own file. */
export interface SandboxState {
  readonly format: 'offboard.sandbox/1'
  readonly scenario: string
  readonly regions: readonly RegionId[]
  readonly tenant: { readonly id: string; readonly domain: string }
  /** How far the sandbox's clock is ahead of the machine's. */
  clockOffsetMs: number
  readonly objects: Record<Kind, StoredObject[]>
  readonly routing: RoutingSpan[]
  trace: TraceSettings
  caller: Caller
  readonly dns: DnsState
  readonly directory: DirectoryState
  readonly vendor: VendorState
  readonly google: GoogleState
  /** Counts the objects that were made, for their ids. */
  serial: number
  /** All requests to the tenant's services, the login service and the vendor's API. */
  requests: number
  readonly counts: Record<string, number>
  readonly writes: WriteRecord[]
  faults: PendingFault[]
  stale: StaleReads[]
}

/** The time on the sandbox's clock. */
export function sandboxNow(state: SandboxState): Date {
  return new Date(Date.now() + state.clockOffsetMs)
}
