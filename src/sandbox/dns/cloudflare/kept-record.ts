/** A record as Cloudflare keeps it: one value, with an id of its own. */
export interface CloudflareRecord {
  readonly id: string
  readonly zoneId: string
  readonly name: string
  readonly type: string
  /** In the form of zone files. */
  readonly value: string
  /** In seconds; 1 is "automatic". */
  readonly ttl: number
  readonly comment: string | null
  readonly tags: readonly string[]
  /** ISO 8601. */
  readonly createdOn: string
  readonly modifiedOn: string
}

export interface CloudflareState {
  records: readonly CloudflareRecord[]
  /** Counts the records that were made, for their ids. */
  made: number
}
