/** The closed vocabularies of the contract. Each is data first, so that schemas, help and checks read one list. */

export const platformIds = ['m365-inline', 'm365-api', 'google-workspace', 'other'] as const
/** A procedure of the vendor's page. */
export type PlatformId = (typeof platformIds)[number]

export const regionIds = ['us', 'eu', 'au'] as const
/** The vendor's environment that served the tenant. */
export type RegionId = (typeof regionIds)[number]

export const itemOutcomes = [
  'planned',
  'applied',
  'verified',
  'absent',
  'attested',
  'kept',
  'action-required',
  'unverified',
  'failed',
] as const
/** How a change, a wait or a guided step stands. */
export type ItemOutcome = (typeof itemOutcomes)[number]

export const runOutcomes = [
  'done',
  'action-required',
  'unverified',
  'failed',
  'refused',
  'interrupted',
  'waiting',
  'planned',
] as const
/** How a run ended, or stands. */
export type RunOutcome = (typeof runOutcomes)[number]

export const verifyOutcomes = ['clean', 'present', 'unverified'] as const
/** What `verify` found. */
export type VerifyOutcome = (typeof verifyOutcomes)[number]

export const systemIds = ['exchange-online', 'dns', 'graph', 'xray', 'google-workspace'] as const
/** A system that holds something of a tenant; each has one adapter. */
export type SystemId = (typeof systemIds)[number]

export const dnsProviderIds = ['manual', 'rfc2136', 'cloudflare', 'route53', 'azure', 'google'] as const
/** Who serves a zone's primary copy, and so how it is written. `manual`: a person types the records. */
export type DnsProviderId = (typeof dnsProviderIds)[number]

export const grounds = ['read', 'audit-event', 'activity', 'silence', 'nothing'] as const
/**
 * What an answer about a guided step rests on: the object itself (strong), an event with who and when, a client's
 * activity, its silence (weak), or nothing.
 */
export type Ground = (typeof grounds)[number]
