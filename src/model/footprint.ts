import type { RegionId } from './words.ts'

/** A name that the vendor gave to an object, with the spellings it has had. */
export interface VendorName {
  readonly name: string
  readonly aliases: readonly string[]
}

/** What the vendor leaves behind, as data, for the regions that were asked for and the operator's additions. */
export interface Footprint {
  /** Changes when the data changes: part of the plan's hash. */
  readonly version: string
  readonly regions: readonly RegionId[]
  readonly rules: {
    readonly redirect: VendorName
    readonly spam: VendorName
    readonly junkHigh: VendorName
    readonly junkLow: VendorName
    /** Older or optional rules that the procedure does not name: reported, not touched. */
    readonly older: readonly VendorName[]
  }
  readonly connectors: { readonly inbound: VendorName; readonly outbound: VendorName }
  /** Host names, or domains with everything below them when they begin with a dot. Lower case. */
  readonly hosts: readonly string[]
  /** Addresses of the regions asked for, the multi-region one and the operator's. */
  readonly addresses: readonly string[]
  /** Addresses of the vendor's other regions, by region. */
  readonly otherRegions: ReadonlyMap<RegionId, readonly string[]>
  /** Application ids of the vendor's apps in Entra: the operator's, as none is public. Lower case. */
  readonly apps: readonly string[]
  /** What the display names of the vendor's apps have in them, lower case. */
  readonly appNames: readonly string[]
  /** Ids of the vendor's OAuth and delegation clients at Google: the operator's, as none is public. */
  readonly clients: readonly string[]
  /** The host in Gmail's settings to which the redirect rule sends mail. */
  readonly scannerHost: VendorName
  /** The expression of Gmail's inbound gateway by which the vendor's verdict on spam is read. */
  readonly spamHeader: string
  /** The beginning of the names of headers that the scanner stamps, upper case. */
  readonly headerPrefix: string
}
