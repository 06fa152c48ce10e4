/** All records of one name and type. */
export interface ZoneRecordSet {
  /** Lower case, without the dot of the root. */
  readonly name: string
  /** 'MX', 'TXT', 'A', … */
  readonly type: string
  /** In seconds. */
  readonly ttl: number
  /** In the form of zone files: `10 mail.example.com`, `"v=spf1 " "-all"`, `192.0.2.1`. */
  readonly values: readonly string[]
  /** The zone's serial when the set was last written. */
  readonly revision: number
  /** Labels that its owner gave it at Azure. */
  readonly metadata?: Readonly<Record<string, string>>
}

/** A zone, as each of its name servers and each provider that hosts it has it. NS and SOA follow from it. */
export interface Zone {
  readonly name: string
  /**
   * `pending`, `private`: a provider holds it, and no server of the public DNS answers for it. `elsewhere`: it is
   * answered for, and no provider here holds it. When it is left out, both.
   */
  readonly status?: 'pending' | 'private' | 'elsewhere'
  readonly nameServers: readonly string[]
  serial: number
  sets: readonly ZoneRecordSet[]
}

/** What is put into a zone. */
export type NewRecordSet = Omit<ZoneRecordSet, 'revision'>

const firstSerial = 2026010101

/** Whether a name is a domain or lies below it. */
export function isBelow(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`)
}

export function newZone(
  name: string,
  sets: readonly NewRecordSet[] = [],
  nameServers: readonly string[] = ['ns1.hosted-dns.example', 'ns2.hosted-dns.example'],
): Zone {
  const first = sets.map((set) => ({ ...set, revision: firstSerial }))
  return { name, nameServers, serial: firstSerial, sets: first }
}

export function isLive({ status }: Zone): boolean {
  return status === undefined || status === 'elsewhere'
}

/** The zones that providers hold. */
export function heldZones(zones: readonly Zone[]): readonly Zone[] {
  return zones.filter(({ status }) => status !== 'elsewhere')
}

/**
 * The live zone that a name is in: the deepest, where one lies within another, and the first of several of one name.
 */
export function zoneOf(zones: readonly Zone[], name: string): Zone | undefined {
  const holding = zones.filter((zone) => isLive(zone) && isBelow(name, zone.name))
  return holding.sort((one, other) => other.name.length - one.name.length)[0]
}

export function setOf(zone: Zone, name: string, type: string): ZoneRecordSet | undefined {
  return zone.sets.find((set) => set.name === name && set.type === type)
}

/** Writes a set whole, in the place of the one that is there; no values: it goes. The serial counts up. */
export function putSet(zone: Zone, next: NewRecordSet): void {
  zone.serial += 1
  const written = { ...next, revision: zone.serial }
  const place = zone.sets.findIndex(({ name, type }) => name === next.name && type === next.type)
  const kept = zone.sets.filter((_, index) => index !== place)
  const put = next.values.length === 0 ? [] : [written]
  zone.sets = place < 0 ? [...kept, ...put] : kept.toSpliced(place, 0, ...put)
}
