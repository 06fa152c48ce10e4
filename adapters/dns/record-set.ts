/** The types of record that this program changes. */
export type RecordType = 'MX' | 'TXT'

/** Names one record set. Names as DNS knows them: lower case, punycode, without the dot of the root. */
export interface RecordSetKey {
  /** The zone that holds it. */
  readonly zone: string
  readonly name: string
  readonly type: RecordType
}

/**
 * All records of one name and type. Values are in the presentation form of zone files (RFC 1035, section 5.1), one
 * spelling for each value: MX as `10 mail.example.com` (host in lower case, without the dot of the root), TXT as its
 * strings, each quoted and escaped, as `"v=spf1 " "-all"`. No values: there is no such set.
 */
export interface RecordSet {
  readonly key: RecordSetKey
  /** In seconds; 0 when there is no such set. */
  readonly ttl: number
  readonly values: readonly string[]
}
