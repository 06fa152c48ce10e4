import { GetHostedZoneCommand, ListHostedZonesByNameCommand } from '@aws-sdk/client-route-53'
import * as z from 'zod'
import { ServiceError } from '../../../../src/model/errors.ts'
import { chooseZone, type Delegation, type FoundZone } from '../shared/choose-zone.ts'
import { plainName } from '../shared/values.ts'
import type { Call } from './client.ts'

/** A public hosted zone of the account. */
export interface Route53Zone extends FoundZone {
  readonly id: string
}

const zonePage = z.looseObject({
  HostedZones: z.array(
    z.looseObject({
      Id: z.string(),
      Name: z.string(),
      Config: z.looseObject({ PrivateZone: z.boolean().optional() }).optional(),
    }),
  ),
  IsTruncated: z.boolean(),
  NextDNSName: z.string().optional(),
  NextHostedZoneId: z.string().optional(),
})
const zoneDetails = z.looseObject({ DelegationSet: z.looseObject({ NameServers: z.array(z.string()) }) })

/** Reads a value by its schema. Throws a ServiceError when it is of another form. */
export function parsed<T>(schema: z.ZodType<T>, value: unknown, tried: string): T {
  const { data } = schema.safeParse(value)
  if (data === undefined) throw new ServiceError({ tried, said: 'an answer in a form that is not known' })
  return data
}

/** The ids of the public zones of this name: the list begins with them, and private ones stand among them. */
async function publicIds(call: Call, name: string): Promise<readonly string[]> {
  const tried = `look the hosted zone ${name} up at Route 53`
  const ids: string[] = []
  let start: { DNSName: string; HostedZoneId?: string } = { DNSName: `${name}.` }
  for (;;) {
    const asked = new ListHostedZonesByNameCommand({ ...start, MaxItems: 100 })
    const page = parsed(zonePage, await call(tried, 'read', (client) => client.send(asked)), tried)
    const own = page.HostedZones.filter(({ Name }) => plainName(Name) === name)
    ids.push(...own.filter(({ Config }) => Config?.PrivateZone !== true).map(({ Id }) => Id))
    const { NextDNSName, NextHostedZoneId, IsTruncated } = page
    if (!IsTruncated || plainName(NextDNSName ?? '') !== name || NextHostedZoneId === undefined) return ids
    if (NextHostedZoneId === start.HostedZoneId)
      throw new ServiceError({ tried, said: 'the pages of the list go in a circle' })
    start = { DNSName: `${name}.`, HostedZoneId: NextHostedZoneId }
  }
}

async function details(call: Call, id: string): Promise<Route53Zone> {
  const tried = `read the name servers of the hosted zone ${id}`
  const answer = await call(tried, 'read', (client) => client.send(new GetHostedZoneCommand({ Id: id })))
  const { DelegationSet } = parsed(zoneDetails, answer, tried)
  const label = `hosted zone ${id.replace('/hostedzone/', '')}`
  return { id, label, nameServers: DelegationSet.NameServers.map(plainName) }
}

/** The public hosted zone of this name. Errors as of `chooseZone`. */
export async function findZone(
  call: Call,
  name: string,
  delegation: Delegation | undefined,
): Promise<Route53Zone> {
  const ids = await publicIds(call, name)
  const found: Route53Zone[] = []
  for (const id of ids) found.push(await details(call, id))
  return chooseZone(found, name, 'the AWS account', delegation)
}
