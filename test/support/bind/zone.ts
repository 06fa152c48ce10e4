/** All records of one name and type. Values in the form of zone files; names are absolute, without the dot at the end. */
export interface BindRecordSet {
  readonly name: string
  /** 'MX', 'TXT', 'A', … */
  readonly type: string
  /** In seconds. */
  readonly ttl: number
  readonly values: readonly string[]
}

/** A zone as it begins. SOA and NS come by themselves. */
export interface BindZone {
  readonly name: string
  readonly sets: readonly BindRecordSet[]
  /** Signed by BIND itself, with keys of its own (DNSSEC). */
  readonly signed?: boolean
  /** Nobody may change it by update. */
  readonly fixed?: boolean
}

/** Long, so that a secondary learns of a change by notice alone. */
const refresh = 86_400

/** The zone's first file. */
export function zoneFile({ name, sets }: BindZone, nameServers: readonly string[]): string {
  const origin = name === '' ? '.' : name
  const [primary = 'ns1'] = nameServers
  const lines = [
    '$ORIGIN .',
    `${origin} 3600 IN SOA ${primary} hostmaster.${primary} 1 ${refresh} ${refresh} 2419200 300`,
    ...nameServers.map((server) => `${origin} 3600 IN NS ${server}`),
    ...sets.flatMap((set) => set.values.map((value) => `${set.name} ${set.ttl} IN ${set.type} ${value}`)),
  ]
  return `${lines.join('\n')}\n`
}
