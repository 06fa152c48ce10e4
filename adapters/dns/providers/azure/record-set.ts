import * as z from 'zod'
import { RefusedError, ServiceError, UsageError } from '../../../../src/model/errors.ts'
import { parseMx, parseTxt, toMxValue, toTxtValue } from '../../presentation.ts'
import type { RecordSet, RecordSetKey, RecordType } from '../../record-set.ts'
import type { VersionedRecordSet } from '../provider.ts'
import { ownRecords } from '../shared/values.ts'

const mxRecord = z.looseObject({ preference: z.number(), exchange: z.string() })
const txtRecord = z.looseObject({ value: z.array(z.string()) })

/** A record set as Azure's client answers it. Fields of no use here stay. */
export const azureSet = z.looseObject({
  etag: z.string().min(1).optional(),
  ttl: z.number().optional(),
  metadata: z.record(z.string(), z.string()).optional(),
  targetResource: z.looseObject({ id: z.string().optional() }).optional(),
  mxRecords: z.array(mxRecord).optional(),
  txtRecords: z.array(txtRecord).optional(),
})

type AzureSet = z.infer<typeof azureSet>
type MxRecord = z.infer<typeof mxRecord>
type TxtRecord = z.infer<typeof txtRecord>

interface AzureRecords {
  mxRecords?: MxRecord[]
  txtRecords?: TxtRecord[]
}

/** What `replace` must know of the set that was read. */
const versionSchema = z.object({
  resourceGroup: z.string(),
  /** null: there was no such set. */
  set: azureSet.nullable(),
})
export type AzureVersion = z.infer<typeof versionSchema>

/** Both directions for one type of record. */
interface Form {
  /** The records of a set, by their values. */
  own(set: AzureSet, tried: string): ReadonlyMap<string, unknown>
  /** The records that stand for values; those that the set has already are sent as they are. */
  records(set: AzureSet | null, values: readonly string[], tried: string): AzureRecords
}

function spellMx({ preference, exchange }: MxRecord): string {
  return toMxValue(preference, exchange)
}

function spellTxt({ value }: TxtRecord): string {
  return toTxtValue(value)
}

function makeMx(value: string): MxRecord {
  const { preference, host } = parseMx(value)
  return { preference, exchange: host === '' ? '.' : host }
}

/** Azure takes text, where DNS has bytes. */
function makeTxt(value: string, tried: string): TxtRecord {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  try {
    return { value: parseTxt(value).map((bytes) => decoder.decode(bytes)) }
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    throw new UsageError({
      tried,
      said: `Azure DNS cannot hold ${value}: its bytes are no text in UTF-8`,
      hint: 'Nothing was changed.',
      cause,
    })
  }
}

function ownMx({ mxRecords = [] }: AzureSet, tried: string): ReadonlyMap<string, MxRecord> {
  return ownRecords(mxRecords, spellMx, tried)
}

function ownTxt({ txtRecords = [] }: AzureSet, tried: string): ReadonlyMap<string, TxtRecord> {
  return ownRecords(txtRecords, spellTxt, tried)
}

const forms: Readonly<Record<RecordType, Form>> = {
  MX: {
    own: ownMx,
    records(set, values, tried) {
      const own = ownMx(set ?? {}, tried)
      return { mxRecords: values.map((value) => own.get(value) ?? makeMx(value)) }
    },
  },
  TXT: {
    own: ownTxt,
    records(set, values, tried) {
      const own = ownTxt(set ?? {}, tried)
      return { txtRecords: values.map((value) => own.get(value) ?? makeTxt(value, tried)) }
    },
  },
}

/** The set as it is known here, with what `replace` needs of it. */
export function versionedSet(key: RecordSetKey, version: AzureVersion, tried: string): VersionedRecordSet {
  const { set } = version
  const values = set === null ? [] : [...forms[key.type].own(set, tried).keys()]
  const ttl = values.length === 0 ? 0 : set?.ttl
  if (ttl === undefined) throw new ServiceError({ tried, said: 'an answer without the TTL of the set' })
  return { key, ttl, values, version: JSON.stringify(version) }
}

export function versionOf({ version }: VersionedRecordSet): AzureVersion {
  return versionSchema.parse(JSON.parse(version))
}

/** The condition under which a set may be written: its etag, or that there is none yet. */
export function conditionOf({ set }: AzureVersion, tried: string) {
  if (set === null) return { ifNoneMatch: '*' }
  if (set.targetResource?.id !== undefined)
    throw new RefusedError({
      tried,
      said: `it is an alias of ${set.targetResource.id}`,
      hint: 'Nothing was changed. An alias record set is changed in the Azure portal.',
    })
  if (set.etag === undefined)
    throw new RefusedError({
      tried,
      said: 'Azure gave no etag for the set, so that nothing would tell whether it is still the same',
      hint: 'Nothing was changed. Try again.',
    })
  return { ifMatch: set.etag }
}

/** The whole set to send: the metadata stays. */
export function nextSet(
  { type }: RecordSetKey,
  { set }: AzureVersion,
  next: Pick<RecordSet, 'ttl' | 'values'>,
  tried: string,
) {
  const metadata = set?.metadata === undefined ? {} : { metadata: set.metadata }
  return { ...metadata, ttl: next.ttl, ...forms[type].records(set, next.values, tried) }
}
