import * as z from 'zod'
import type { JsonObject } from '../../../model/json.ts'
import { readMx, readTxt, writeMx, writeTxt } from '../values.ts'
import { type NewRecordSet, putSet, setOf, type Zone } from '../zones.ts'
import { CloudDnsRefusal, invalid, notFound } from './errors.ts'
import { presentSet, type Rrset, rrsetJson } from './zones.ts'

const rrsetSchema = z.looseObject({
  name: z.string(),
  type: z.string(),
  ttl: z.number().int().min(0).max(2_147_483_647),
  rrdatas: z.array(z.string()).min(1),
})
const changeSchema = z.looseObject({
  deletions: z.array(rrsetSchema).default([]),
  additions: z.array(rrsetSchema).default([]),
})

const hostForm = /^(?:[a-z0-9_-]{1,63}\.)*$/i

/** Names of record data end in the dot of the root; a preference is one of 16 bits. */
function mxValue(data: string): string | undefined {
  const mx = readMx(data)
  const host = data.split(/\s+/)[1] ?? ''
  const isHost = host === '.' || (hostForm.test(host) && host.endsWith('.'))
  return mx === undefined || !isHost ? undefined : writeMx(mx)
}

function txtValue(data: string): string | undefined {
  const strings = readTxt(data)
  return strings === undefined ? undefined : writeTxt(strings)
}

const readers: Readonly<Record<string, (data: string) => string | undefined>> = { MX: mxValue, TXT: txtValue }

function storedForm({ name, ttl, type, rrdatas }: Rrset, field: string): NewRecordSet {
  const values = rrdatas.map((data, index) => {
    const value = readers[type]?.(data)
    if (value === undefined) throw invalid(`${field}.rrdatas[${index}]`, data)
    return value
  })
  return { name: name.toLowerCase().replace(/\.$/, ''), type, ttl, values }
}

function isExactly(one: Rrset, other: Rrset): boolean {
  const [data, otherData] = [one, other].map(({ rrdatas }) => rrdatas.toSorted().join('\n'))
  return one.ttl === other.ttl && data === otherData
}

function assertDeletable(zone: Zone, asked: Rrset, field: string): NewRecordSet {
  const wanted = storedForm(asked, field)
  const set = setOf(zone, wanted.name, wanted.type)
  if (set === undefined) throw notFound(field, `${asked.name} (${asked.type})`)
  if (!isExactly(presentSet(set), presentSet({ ...wanted, revision: 0 })))
    throw new CloudDnsRefusal(412, 'conditionNotMet', `Precondition not met for '${field}'`)
  return { ...wanted, values: [] }
}

function assertAddable(
  zone: Zone,
  asked: Rrset,
  deleted: readonly NewRecordSet[],
  field: string,
): NewRecordSet {
  const next = storedForm(asked, field)
  const isNew = !deleted.some(({ name, type }) => name === next.name && type === next.type)
  if (isNew && setOf(zone, next.name, next.type) !== undefined)
    throw new CloudDnsRefusal(
      409,
      'alreadyExists',
      `The resource '${field}' named '${asked.name} (${asked.type})' already exists`,
    )
  if (setOf(zone, next.name, 'CNAME') !== undefined)
    throw new CloudDnsRefusal(
      400,
      'cnameResourceRecordSetConflict',
      `The resource record set '${field}' is invalid because the DNS name '${asked.name}' has a CNAME.`,
    )
  return next
}

function changeOf(body: string): z.infer<typeof changeSchema> {
  try {
    return changeSchema.parse(JSON.parse(body))
  } catch {
    throw new CloudDnsRefusal(400, 'badRequest', 'Invalid JSON payload received.')
  }
}

/** Does a change, all of it or nothing, and answers what it was. Throws a CloudDnsRefusal. */
export function applyChange(zone: Zone, body: string): JsonObject {
  const { deletions, additions } = changeOf(body)
  if (deletions.length + additions.length === 0)
    throw new CloudDnsRefusal(400, 'required', "Required field missing: 'entity.change'")
  const gone = deletions.map((set, index) => assertDeletable(zone, set, `entity.change.deletions[${index}]`))
  const put = additions.map((set, index) =>
    assertAddable(zone, set, gone, `entity.change.additions[${index}]`),
  )
  const replaced = gone.filter((set) => !put.some(({ name, type }) => name === set.name && type === set.type))
  for (const set of [...replaced, ...put]) putSet(zone, set)
  return {
    kind: 'dns#change',
    id: String(zone.serial),
    startTime: new Date().toISOString(),
    additions: additions.map(rrsetJson),
    deletions: deletions.map(rrsetJson),
  }
}
