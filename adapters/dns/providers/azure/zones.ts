import * as z from 'zod'
import { NotFoundError, ServiceError } from '../../../../src/model/errors.ts'
import { chooseZone, type Delegation, type FoundZone } from '../shared/choose-zone.ts'
import { plainName } from '../shared/values.ts'
import type { Call } from './client.ts'

/** A zone of the subscription, and the resource group that it is in. */
export interface AzureZone extends FoundZone {
  readonly resourceGroup: string
}

const zoneSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  zoneType: z.string().optional(),
  nameServers: z.array(z.string()).default([]),
})

function azureZone(
  zone: unknown,
  tried: string,
): AzureZone & { readonly name: string; readonly isPublic: boolean } {
  const { data } = zoneSchema.safeParse(zone)
  const [, resourceGroup] = /\/resourceGroups\/([^/]+)\//i.exec(data?.id ?? '') ?? []
  if (data === undefined || resourceGroup === undefined)
    throw new ServiceError({ tried, said: 'an answer in a form that is not known' })
  return {
    label: `resource group ${resourceGroup}`,
    resourceGroup,
    nameServers: data.nameServers.map(plainName),
    name: plainName(data.name),
    isPublic: data.zoneType !== 'Private',
  }
}

/** Lists the zones of the subscription to the last page, and takes the public one of this name. */
export async function findZone(
  call: Call,
  name: string,
  subscriptionId: string,
  delegation: Delegation | undefined,
): Promise<AzureZone> {
  const tried = 'list the DNS zones of the Azure subscription'
  const zones = await call(tried, async (client) => {
    const listed: unknown[] = []
    for await (const zone of client.zones.list()) listed.push(zone)
    return listed
  })
  const found = zones
    .map((zone) => azureZone(zone, tried))
    .filter((zone) => zone.isPublic && zone.name === name)
  return chooseZone(found, name, `the Azure subscription ${subscriptionId}`, delegation)
}

/** Throws a NotFoundError when the zone is there no more. */
export async function assertZone(call: Call, name: string, { resourceGroup }: AzureZone): Promise<void> {
  const tried = `read the zone ${name} of the ${resourceGroup} resource group`
  const zone = await call(tried, (client) => client.zones.get(resourceGroup, name))
  if (plainName(zone.name ?? '') !== name)
    throw new NotFoundError({ tried, said: 'Azure answered with another zone' })
}
