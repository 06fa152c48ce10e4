import type { TenantObject } from './resource.ts'
import type { TenantIdentity } from './tenant.ts'

/** What was read, or why it could not be. What was not read is "not checked", never "none". */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string }

/** All that the steps of a platform need to know of a tenant, read at one time. */
export interface Survey {
  /** ISO 8601, UTC, on the run's clock. */
  readonly takenAt: string
  readonly tenant: TenantIdentity
  /** All objects of each kind that was asked for. */
  readonly objects: ReadonlyMap<string, Read<readonly TenantObject[]>>
}
