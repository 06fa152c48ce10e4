import * as z from 'zod'
import { chooseZone, type Delegation, type FoundZone } from '../shared/choose-zone.ts'
import { plainName } from '../shared/values.ts'
import type { Call } from './client.ts'
import { allPages, parsed } from './pages.ts'

/** A managed zone of the project. */
export interface GoogleZone extends FoundZone {
  /** By which it is addressed; it says nothing of the domain. */
  readonly managedZone: string
}

const zoneSchema = z.looseObject({
  name: z.string(),
  dnsName: z.string(),
  /** Public where it is not told. */
  visibility: z.string().default('public'),
  nameServers: z.array(z.string()).default([]),
})

/** Lists the managed zones of a name to the last page, and takes the public one. */
export async function findZone(
  call: Call,
  name: string,
  project: string,
  delegation: Delegation | undefined,
): Promise<GoogleZone> {
  const tried = `list the managed zones of the Google Cloud project ${project}`
  const asked = { project, dnsName: `${name}.` }
  const listed = await allPages(
    (page) => call(tried, (client, options) => client.managedZones.list({ ...asked, ...page }, options)),
    'managedZones',
    tried,
  )
  const found = listed
    .map((zone) => parsed(zoneSchema, zone, tried))
    .filter(({ dnsName, visibility }) => plainName(dnsName) === name && visibility.toLowerCase() === 'public')
    .map((zone) => ({
      label: zone.name,
      managedZone: zone.name,
      nameServers: zone.nameServers.map(plainName),
    }))
  return chooseZone(found, name, `the Google Cloud project ${project}`, delegation)
}
