import type { JsonObject } from '../../model/json.ts'
import type { RoutingSpan } from './state.ts'

/** A policy as it is kept: https://docs.cloud.google.com/identity/docs/reference/rest/v1/policies. */
export interface GooglePolicy {
  /** Without `policies/`. */
  readonly id: string
  /** 'settings/gmail.content_compliance' */
  readonly type: string
  /** Without `orgUnits/`. */
  readonly orgUnit: string
  /** Without `groups/`. */
  readonly group?: string
  readonly sortOrder: number
  readonly source: 'ADMIN' | 'SYSTEM'
  readonly value: JsonObject
}

/** A write to a policy that is answered, and not done yet. */
interface PendingPolicy {
  readonly id: string
  readonly value: JsonObject
  /** Epoch milliseconds. */
  readonly dueAt: number
}

interface OrgUnit {
  readonly id: string
  /** '/' for the top one. */
  readonly path: string
}

interface GoogleGroup {
  readonly id: string
  readonly email: string
  readonly name: string
}

/** An application that may act for any user: Security > API controls > Domain-wide delegation. */
export interface DelegationClient {
  readonly clientId: string
  readonly name: string
  readonly scopes: readonly string[]
  /** Epoch milliseconds. */
  readonly authorizedAt: number
  /** How often it calls, as far as it does. */
  readonly everyMs: number
}

/** A mail route: Gmail > Hosts. */
export interface GoogleHost {
  readonly id: string
  readonly name: string
  readonly host: string
  readonly port: number
}

/** Gmail > Spam, phishing and malware > Inbound gateway. */
export interface InboundGateway {
  readonly id: string
  readonly description: string
  readonly enabled: boolean
  readonly addresses: readonly string[]
  /** "Reject all mail not from gateway IPs". */
  readonly rejectAll: boolean
  readonly requireTls: boolean
  /** "Message is considered spam if the following header regexp matches"; null when the box is not checked. */
  readonly headerRegexp: string | null
}

/** An application to which a user consented. */
export interface UserToken {
  readonly clientId: string
  readonly displayText: string
  readonly scopes: readonly string[]
}

export interface GoogleUser {
  readonly id: string
  readonly primaryEmail: string
  readonly fullName: string
  readonly orgUnitPath: string
  /** A super administrator. */
  readonly isAdmin: boolean
  readonly isDelegatedAdmin: boolean
  readonly suspended: boolean
  readonly tokens: readonly UserToken[]
}

export const auditApplications = ['admin', 'token', 'access_evaluation'] as const
export type AuditApplication = (typeof auditApplications)[number]

/** https://developers.google.com/workspace/admin/reports/reference/rest/v1/activities/list */
export interface AuditEvent extends JsonObject {
  readonly type: string
  readonly name: string
  readonly parameters: readonly JsonObject[]
}

/** One act of somebody, with all events that it makes. */
export interface AuditActivity {
  readonly serial: number
  /** Epoch milliseconds. */
  readonly at: number
  readonly application: AuditApplication
  readonly actor: string
  /** The client that acted, where one did. */
  readonly clientId?: string
  readonly events: readonly AuditEvent[]
}

/** In which families an act in the console is put down: EMAIL_SETTINGS, or APPLICATION_SETTINGS. */
type AuditFamily = 'old' | 'new'

interface AuditSettings {
  readonly families: readonly AuditFamily[]
  /** Whether anything is put down at all. */
  readonly recorded: boolean
  /** How long after it happened something is shown. */
  readonly lagMs: Readonly<Record<AuditApplication, number>>
}

/**
 * What becomes of a write to a Gmail policy: `refused`, `unimplemented` and `denied` as an HTTP error,
 * `operation-error` as an error within 200, `slow` done after a while.
 */
export type PolicyWrites = 'done' | 'slow' | 'refused' | 'unimplemented' | 'denied' | 'operation-error'

/** Calls that the quota still lets pass, and when they were counted. */
interface QuotaState {
  readonly at: number
  readonly left: number
}

/** Reads that answer what was there before a write. */
interface StaleReads<T> {
  readonly objects: readonly T[]
  left: number
}

/** A Google Workspace customer. */
export interface GoogleState {
  customer: { readonly id: string; readonly domain: string; readonly organization: string }
  orgUnits: readonly OrgUnit[]
  groups: readonly GoogleGroup[]
  policies: readonly GooglePolicy[]
  pending: readonly PendingPolicy[]
  users: readonly GoogleUser[]
  delegation: readonly DelegationClient[]
  /** Clients that were taken out of the list, with when. */
  formerDelegation: readonly (DelegationClient & { readonly removedAt: number })[]
  hosts: readonly GoogleHost[]
  inboundGateway: InboundGateway
  audit: readonly AuditActivity[]
  auditSettings: AuditSettings
  policyWrites: PolicyWrites
  /** So many of the next writes to a policy lose a field of its first rule. */
  dropsFields: number
  /** Whether each page of policies with something in it is followed by an empty one. */
  emptyPages: boolean
  /** Whether hosts and inbound gateway are among the policies: no such type is known today. */
  publishesRoutes: boolean
  /** APIs that are not switched on in the caller's project. */
  disabledApis: readonly string[]
  /** When the compliance rule handed mail to the vendor. */
  readonly routing: RoutingSpan[]
  readonly quota: Record<string, QuotaState>
  /** Requests that the quota refused. */
  refusedByQuota: number
  stalePolicies: StaleReads<GooglePolicy> | null
  staleUsers: StaleReads<GoogleUser> | null
}
