import * as z from 'zod'
import { TenantError } from '../../../../src/model/errors.ts'
import { parseMx, parseTxt, toMxValue, toTxtValue } from '../../presentation.ts'
import type { RecordSet, RecordSetKey, RecordType } from '../../record-set.ts'
import type { VersionedRecordSet } from '../provider.ts'
import { ownRecords } from '../shared/values.ts'

/** A record set as Cloud DNS answers it; `rrdatas` are in zone-file form. Fields of no use here stay. */
export const googleSet = z.looseObject({
  name: z.string(),
  type: z.string(),
  ttl: z.number().optional(),
  rrdatas: z.array(z.string()).default([]),
  routingPolicy: z.looseObject({}).optional(),
})

type GoogleSet = z.infer<typeof googleSet>

/** What `replace` must know of the set that was read. */
const versionSchema = z.object({
  managedZone: z.string(),
  /** null: there was no such set. */
  set: googleSet.nullable(),
})
export type GoogleVersion = z.infer<typeof versionSchema>

/** Both directions for one type of record. */
interface Form {
  spell(data: string): string
  make(value: string): string
}

const forms: Readonly<Record<RecordType, Form>> = {
  MX: {
    spell(data) {
      const { preference, host } = parseMx(data)
      return toMxValue(preference, host)
    },
    // Names of zone files that do not end in a dot are relative ones.
    make(value) {
      const { preference, host } = parseMx(value)
      return `${preference} ${host}.`
    },
  },
  TXT: {
    spell: (data) => toTxtValue(parseTxt(data)),
    make: (value) => value,
  },
}

function own({ type }: RecordSetKey, set: GoogleSet | null, tried: string): ReadonlyMap<string, string> {
  return ownRecords(set?.rrdatas ?? [], forms[type].spell, tried)
}

/** The set as it is known here, with what `replace` needs of it. Throws a TenantError for one that is steered. */
export function versionedSet(key: RecordSetKey, version: GoogleVersion, tried: string): VersionedRecordSet {
  const { set } = version
  if (set?.routingPolicy !== undefined)
    throw new TenantError({
      tried,
      said: 'the set has a routing policy, so that it answers differently to different people',
      hint: 'Put a plain record set in its place in the Google Cloud console, then try again.',
    })
  const values = [...own(key, set, tried).keys()]
  if (values.length > 0 && set?.ttl === undefined)
    throw new TenantError({ tried, said: 'the set has no TTL' })
  return { key, ttl: values.length === 0 ? 0 : (set?.ttl ?? 0), values, version: JSON.stringify(version) }
}

export function versionOf({ version }: VersionedRecordSet): GoogleVersion {
  return versionSchema.parse(JSON.parse(version))
}

/**
 * The change that puts one set in the place of another, all of it or nothing: what is taken away must be there exactly
 * so, and where nothing is taken away there must be none. Records that stay are sent as they are.
 */
export function changeTo(
  key: RecordSetKey,
  { set }: GoogleVersion,
  next: Pick<RecordSet, 'ttl' | 'values'>,
  tried: string,
) {
  const kept = own(key, set, tried)
  const name = `${key.name}.`
  const { type } = key
  const rrdatas = next.values.map((value) => kept.get(value) ?? forms[type].make(value))
  const additions = rrdatas.length === 0 ? [] : [{ name, type, ttl: next.ttl, rrdatas }]
  const deletions =
    set === null ? [] : [{ name: set.name, type: set.type, ttl: set.ttl ?? null, rrdatas: set.rrdatas }]
  return { deletions, additions }
}
