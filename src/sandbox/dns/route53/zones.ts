import { createHash } from 'node:crypto'
import { heldZones, type Zone } from '../zones.ts'
import { noSuchZone } from './errors.ts'
import type { Element } from './xml.ts'

/** A hosted zone, with its id. */
export interface HostedZone {
  readonly id: string
  readonly zone: Zone
}

/** All zones, private ones too. */
export function hostedZones(zones: readonly Zone[]): readonly HostedZone[] {
  const held = heldZones(zones)
  return held.map((zone, index) => {
    const number = held.slice(0, index).filter(({ name }) => name === zone.name).length
    const hash = createHash('sha256').update(`${zone.name} ${number}`).digest('hex')
    return { id: `Z${hash.slice(0, 20).toUpperCase()}`, zone }
  })
}

/** Throws a Route53Refusal when there is none of this id. */
export function zoneWith(zones: readonly Zone[], id: string): HostedZone {
  const found = hostedZones(zones).find((hosted) => hosted.id === id)
  if (found !== undefined) return found
  throw noSuchZone(id)
}

/** By which names are in order: label by label, the last first. */
export function sortKey(name: string): string {
  return name.replace(/\.$/, '').split('.').reverse().join('.')
}

export function presentZone({ id, zone }: HostedZone): Element {
  return [
    'HostedZone',
    [
      ['Id', `/hostedzone/${id}`],
      ['Name', `${zone.name}.`],
      ['CallerReference', `sandbox-${id}`],
      ['Config', [['PrivateZone', zone.status === 'private']]],
      ['ResourceRecordSetCount', zone.sets.length + 2],
    ],
  ]
}

/** A private zone has networks in the place of name servers. */
export function presentServers({ zone }: HostedZone): Element {
  if (zone.status === 'private')
    return [
      'VPCs',
      [
        [
          'VPC',
          [
            ['VPCRegion', 'eu-west-1'],
            ['VPCId', 'vpc-0a1b2c3d4e5f60718'],
          ],
        ],
      ],
    ]
  const servers = zone.nameServers.map((server): Element => ['NameServer', server])
  return ['DelegationSet', [['NameServers', servers]]]
}
