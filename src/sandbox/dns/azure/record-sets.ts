import * as z from 'zod'
import type { JsonObject } from '../../../model/json.ts'
import { type Answer, header, type Incoming, jsonAnswer } from '../../http.ts'
import { readMx, readTxt, writeMx, writeTxt } from '../values.ts'
import { putSet, setOf, type ZoneRecordSet } from '../zones.ts'
import { AzureRefusal, azureHeaders, badRequest } from './errors.ts'
import { type PlacedZone, zoneId } from './zones.ts'

/** Which set of a zone a request is about. */
export interface AskedSet {
  readonly placed: PlacedZone
  readonly type: 'MX' | 'TXT'
  /** '@' for the zone itself. */
  readonly relative: string
}

const mostStrings = 4096
const hostForm = /^(?:\.|(?=.{1,254}$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?)$/i

const mxSchema = z.looseObject({
  preference: z.number().int().min(0).max(65_535),
  exchange: z.string().regex(hostForm),
})
const txtSchema = z.looseObject({
  value: z
    .array(z.string().refine((text) => Buffer.byteLength(text) <= 255))
    .min(1)
    .refine((strings) => Buffer.byteLength(strings.join('')) <= mostStrings),
})
const bodySchema = z.looseObject({
  properties: z.looseObject({
    TTL: z.number().int().min(1).max(2_147_483_647),
    metadata: z.record(z.string(), z.string()).optional(),
    MXRecords: z.array(mxSchema).optional(),
    TXTRecords: z.array(txtSchema).optional(),
  }),
})
type Properties = z.infer<typeof bodySchema>['properties']

const forms = {
  MX: {
    present: (values: readonly string[]): JsonObject => ({
      MXRecords: values.flatMap((value) => {
        const mx = readMx(value)
        return mx === undefined ? [] : [{ preference: mx.preference, exchange: mx.exchange || '.' }]
      }),
    }),
    values: ({ MXRecords = [] }: Properties) =>
      MXRecords.map(({ preference, exchange }) =>
        writeMx({ preference, exchange: exchange.toLowerCase().replace(/\.$/, '') }),
      ),
  },
  TXT: {
    present: (values: readonly string[]): JsonObject => ({
      TXTRecords: values.map((value) => ({
        value: (readTxt(value) ?? []).map((string) => string.toString('utf8')),
      })),
    }),
    values: ({ TXTRecords = [] }: Properties) => TXTRecords.map(({ value }) => writeTxt(value)),
  },
}

function nameOf({ placed: { zone }, relative }: AskedSet): string {
  const below = relative.toLowerCase()
  return below === '@' ? zone.name : `${below}.${zone.name}`
}

function stored(asked: AskedSet): ZoneRecordSet | undefined {
  return setOf(asked.placed.zone, nameOf(asked), asked.type)
}

function etagOf({ revision }: ZoneRecordSet): string {
  return `e7a1f0c2-0000-4000-8000-${String(revision).padStart(12, '0')}`
}

/** https://learn.microsoft.com/rest/api/dns/record-sets/get?view=rest-dns-2018-05-01 */
function present(asked: AskedSet, set: ZoneRecordSet): JsonObject {
  return {
    id: `${zoneId(asked.placed)}/${asked.type}/${asked.relative}`,
    name: asked.relative,
    type: `Microsoft.Network/dnszones/${asked.type}`,
    etag: etagOf(set),
    properties: {
      ...(set.metadata === undefined ? {} : { metadata: { ...set.metadata } }),
      fqdn: `${set.name}.`,
      TTL: set.ttl,
      ...forms[asked.type].present(set.values),
      targetResource: {},
      provisioningState: 'Succeeded',
    },
  }
}

/** Throws an AzureRefusal when the set is not as the request takes it to be. */
function assertCondition(request: Incoming, set: ZoneRecordSet | undefined, name: string): void {
  const wanted = header(request, 'if-match')
  if (wanted !== '' && (set === undefined || (wanted !== '*' && wanted !== etagOf(set))))
    throw new AzureRefusal(
      412,
      'PreconditionFailed',
      `The condition '${wanted}' in the If-Match header was not satisfied. The current was '${set === undefined ? 'null' : etagOf(set)}'.`,
    )
  if (header(request, 'if-none-match') === '*' && set !== undefined)
    throw new AzureRefusal(
      412,
      'PreconditionFailed',
      `The Record set ${name} exists already and hence cannot be created again.`,
    )
}

function propertiesOf(body: string): Properties {
  try {
    return bodySchema.parse(JSON.parse(body)).properties
  } catch {
    throw badRequest('The request body is malformed: a value of the record set is not valid.')
  }
}

export function getSet(asked: AskedSet): Answer {
  const set = stored(asked)
  if (set === undefined)
    throw new AzureRefusal(404, 'NotFound', `The resource record '${asked.relative}' does not exist.`)
  return jsonAnswer(200, present(asked, set), azureHeaders())
}

export function replaceSet(asked: AskedSet, request: Incoming): Answer {
  const before = stored(asked)
  const name = nameOf(asked)
  const { zone } = asked.placed
  assertCondition(request, before, name)
  const properties = propertiesOf(request.body)
  const values = forms[asked.type].values(properties)
  if (values.length === 0 || new Set(values).size < values.length)
    throw badRequest('The record set has no records, or one of them twice.')
  if (setOf(zone, name, 'CNAME') !== undefined)
    throw badRequest(
      `The record set cannot be created, because a CNAME record with the name ${name} exists in this zone.`,
    )
  const { TTL: ttl, metadata } = properties
  putSet(zone, { name, type: asked.type, ttl, values, ...(metadata === undefined ? {} : { metadata }) })
  const written = stored(asked)
  const answer = written === undefined ? {} : present(asked, written)
  return jsonAnswer(before === undefined ? 201 : 200, answer, azureHeaders())
}

export function deleteSet(asked: AskedSet, request: Incoming): Answer {
  const before = stored(asked)
  assertCondition(request, before, nameOf(asked))
  if (before === undefined) return { status: 204, headers: azureHeaders(), body: '' }
  putSet(asked.placed.zone, { name: before.name, type: before.type, ttl: before.ttl, values: [] })
  return { status: 200, headers: azureHeaders(), body: '' }
}
