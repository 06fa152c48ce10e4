import type { JsonObject } from '../../../model/json.ts'
import { heldZones, type Zone } from '../zones.ts'
import { azureSubscription } from './admission.ts'
import { AzureRefusal } from './errors.ts'

/** A zone, and where it lies in the subscription. */
export interface PlacedZone {
  readonly zone: Zone
  readonly resourceGroup: string
}

/** All zones. Those of one name lie in resource groups of their own: 'dns', 'dns-2', … */
export function placedZones(zones: readonly Zone[]): readonly PlacedZone[] {
  const held = heldZones(zones)
  return held.map((zone, index) => {
    const before = held.slice(0, index).filter(({ name }) => name === zone.name).length
    return { zone, resourceGroup: before === 0 ? 'dns' : `dns-${before + 1}` }
  })
}

export function zoneId({ zone, resourceGroup }: PlacedZone): string {
  return `/subscriptions/${azureSubscription}/resourceGroups/${resourceGroup}/providers/Microsoft.Network/dnszones/${zone.name}`
}

/** https://learn.microsoft.com/rest/api/dns/zones/get?view=rest-dns-2018-05-01 */
export function presentZone(placed: PlacedZone): JsonObject {
  const { zone } = placed
  return {
    id: zoneId(placed),
    name: zone.name,
    type: 'Microsoft.Network/dnszones',
    etag: `00000000-0000-0000-0000-${String(zone.serial).padStart(12, '0')}`,
    location: 'global',
    tags: {},
    properties: {
      maxNumberOfRecordSets: 10_000,
      maxNumberOfRecordsPerRecordSet: null,
      nameServers: zone.nameServers.map((name) => `${name}.`),
      numberOfRecordSets: zone.sets.length + 2,
      zoneType: 'Public',
    },
  }
}

/** Throws an AzureRefusal when there is no such resource group, or no such zone in it. */
export function findPlaced(
  zones: readonly Zone[],
  resourceGroup: string,
  name: string,
  isParent: boolean,
): PlacedZone {
  const inGroup = placedZones(zones).filter((placed) => placed.resourceGroup === resourceGroup.toLowerCase())
  if (inGroup.length === 0)
    throw new AzureRefusal(
      404,
      'ResourceGroupNotFound',
      `Resource group '${resourceGroup}' could not be found.`,
    )
  const found = inGroup.find(({ zone }) => zone.name === name.toLowerCase())
  if (found !== undefined) return found
  if (isParent)
    throw new AzureRefusal(
      404,
      'ParentResourceNotFound',
      `Can not perform requested operation on nested resource. Parent resource '${name}' not found.`,
    )
  throw new AzureRefusal(
    404,
    'ResourceNotFound',
    `The Resource 'Microsoft.Network/dnszones/${name}' under resource group '${resourceGroup}' was not found.`,
  )
}
