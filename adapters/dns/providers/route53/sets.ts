import { ChangeResourceRecordSetsCommand, ListResourceRecordSetsCommand } from '@aws-sdk/client-route-53'
import * as z from 'zod'
import type { RecordSet, RecordSetKey } from '../../record-set.ts'
import type { VersionedRecordSet } from '../provider.ts'
import { plainName } from '../shared/values.ts'
import type { Call } from './client.ts'
import { assertPlain, changesFor, route53Set, versionedSet, versionOf } from './record-set.ts'
import { parsed } from './zones.ts'

const setPage = z.looseObject({ ResourceRecordSets: z.array(route53Set) })

/** Reads one set: the list begins at its place. */
export async function readSet(call: Call, zoneId: string, key: RecordSetKey): Promise<VersionedRecordSet> {
  const tried = `read the ${key.type} records of ${key.name} from Route 53`
  const asked = new ListResourceRecordSetsCommand({
    HostedZoneId: zoneId,
    StartRecordName: `${key.name}.`,
    StartRecordType: key.type,
    MaxItems: 1,
  })
  const page = parsed(setPage, await call(tried, 'read', (client) => client.send(asked)), tried)
  const [set = null] = page.ResourceRecordSets.filter(
    ({ Name, Type }) => plainName(Name) === key.name && Type === key.type,
  )
  if (set !== null) assertPlain(set, tried)
  return versionedSet(key, { zoneId, set }, tried)
}

export async function replaceSet(
  call: Call,
  current: VersionedRecordSet,
  next: Pick<RecordSet, 'ttl' | 'values'>,
): Promise<void> {
  const { key } = current
  const tried = `replace the ${key.type} records of ${key.name} at Route 53`
  const version = versionOf(current)
  const Changes = changesFor(key, version, next, tried)
  if (Changes.length === 0) return
  const asked = { HostedZoneId: version.zoneId, ChangeBatch: { Changes } }
  await call(tried, 'write', (client) => client.send(new ChangeResourceRecordSetsCommand(asked)))
}
