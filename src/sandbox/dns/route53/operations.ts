import type { Incoming } from '../../http.ts'
import type { SandboxState } from '../../tenant/state.ts'
import type { NewRecordSet } from '../zones.ts'
import { applyChanges } from './changes.ts'
import { changeInfo, Route53Refusal } from './errors.ts'
import { shownValue } from './values.ts'
import type { Element } from './xml.ts'
import { type HostedZone, hostedZones, presentServers, presentZone, sortKey, zoneWith } from './zones.ts'

/** A request, and the id that stands in its path. */
interface Asked {
  readonly state: SandboxState
  readonly request: Incoming
  readonly id: string
}

export interface Operation {
  readonly name: string
  readonly method: 'GET' | 'POST'
  readonly path: RegExp
  run(asked: Asked): Element
}

const mostOnPage = { zones: 100, sets: 300 } as const

function pageSize({ url }: Incoming, most: number): number {
  const asked = Number(url.searchParams.get('maxitems') ?? most)
  if (!(asked >= 1)) throw new Route53Refusal(400, 'InvalidInput', 'The value for maxitems is invalid')
  return Math.min(asked, most)
}

function listZonesByName({ state, request }: Asked): Element {
  const { searchParams } = request.url
  const [from, fromId] = [searchParams.get('dnsname'), searchParams.get('hostedzoneid')]
  const key = ({ id, zone }: HostedZone) => `${sortKey(zone.name)} ${id}`
  const first = from === null ? '' : `${sortKey(from)}${fromId === null ? '' : ` ${fromId}`}`
  const all = hostedZones(state.dns.zones).toSorted((one, other) => (key(one) < key(other) ? -1 : 1))
  const rest = all.filter((hosted) => key(hosted) >= first)
  const size = pageSize(request, mostOnPage.zones)
  const next = rest[size]
  const more: Element[] =
    next === undefined
      ? []
      : [
          ['NextDNSName', `${next.zone.name}.`],
          ['NextHostedZoneId', next.id],
        ]
  return [
    'ListHostedZonesByNameResponse',
    [
      ['HostedZones', rest.slice(0, size).map(presentZone)],
      ['IsTruncated', next !== undefined],
      ...more,
      ['MaxItems', size],
    ],
  ]
}

function getZone({ state, id }: Asked): Element {
  const hosted = zoneWith(state.dns.zones, id)
  return ['GetHostedZoneResponse', [presentZone(hosted), presentServers(hosted)]]
}

function presentSet({ name, type, ttl, values }: NewRecordSet): Element {
  const each = values.map((value): Element => ['ResourceRecord', [['Value', shownValue(type, value)]]])
  return [
    'ResourceRecordSet',
    [
      ['Name', `${name}.`],
      ['Type', type],
      ['TTL', ttl],
      ['ResourceRecords', each],
    ],
  ]
}

function listSets({ state, request, id }: Asked): Element {
  const { zone } = zoneWith(state.dns.zones, id)
  const { searchParams } = request.url
  const [name, type] = [searchParams.get('name'), searchParams.get('type')]
  const key = (set: NewRecordSet) => `${sortKey(set.name)} ${set.type}`
  const first = name === null ? '' : `${sortKey(name.toLowerCase())} ${type ?? ''}`
  const all = zone.sets.toSorted((one, other) => (key(one) < key(other) ? -1 : 1))
  const rest = all.filter((set) => key(set) >= first)
  const size = pageSize(request, mostOnPage.sets)
  const next = rest[size]
  const more: Element[] =
    next === undefined
      ? []
      : [
          ['NextRecordName', `${next.name}.`],
          ['NextRecordType', next.type],
        ]
  return [
    'ListResourceRecordSetsResponse',
    [
      ['ResourceRecordSets', rest.slice(0, size).map(presentSet)],
      ['IsTruncated', next !== undefined],
      ...more,
      ['MaxItems', size],
    ],
  ]
}

/** Every change is pending at first, and in sync by the time somebody asks. */
function changeSets({ state, request, id }: Asked): Element {
  const { zone } = zoneWith(state.dns.zones, id)
  applyChanges(zone, request.body)
  const info = changeInfo(`C${zone.serial}`, 'PENDING')
  return ['ChangeResourceRecordSetsResponse', [info]]
}

/** What is served: https://docs.aws.amazon.com/Route53/latest/APIReference/API_Operations_Amazon_Route_53.html */
export const operations: readonly Operation[] = [
  { name: 'ListHostedZonesByName', method: 'GET', path: /^\/hostedzonesbyname$/, run: listZonesByName },
  { name: 'GetHostedZone', method: 'GET', path: /^\/hostedzone\/(?<id>\w+)$/, run: getZone },
  { name: 'ListResourceRecordSets', method: 'GET', path: /^\/hostedzone\/(?<id>\w+)\/rrset$/, run: listSets },
  {
    name: 'ChangeResourceRecordSets',
    method: 'POST',
    path: /^\/hostedzone\/(?<id>\w+)\/rrset\/?$/,
    run: changeSets,
  },
  {
    name: 'GetChange',
    method: 'GET',
    path: /^\/change\/(?<id>\w+)$/,
    run: ({ id }) => ['GetChangeResponse', [changeInfo(id, 'INSYNC')]],
  },
]
