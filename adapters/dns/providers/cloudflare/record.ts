import * as z from 'zod'
import { parseMx, parseTxt, toMxValue, toTxtValue } from '../../presentation.ts'
import type { RecordSetKey, RecordType } from '../../record-set.ts'

/** A record as Cloudflare answers it: one value, with an id of its own. Fields of no use here stay. */
export const cloudflareRecord = z.looseObject({
  id: z.string().min(1),
  name: z.string(),
  type: z.string(),
  content: z.string(),
  priority: z.number().optional(),
  ttl: z.number(),
  modified_on: z.string().optional(),
  meta: z.looseObject({ read_only: z.boolean().optional() }).nullish(),
})
export type CloudflareRecord = z.infer<typeof cloudflareRecord>

/** "Automatic", and what it comes to on the wire: https://developers.cloudflare.com/dns/manage-dns-records/reference/ttl/ */
export const automaticTtl = 1
const automaticSeconds = 300

export function secondsOf({ ttl }: CloudflareRecord): number {
  return ttl === automaticTtl ? automaticSeconds : ttl
}

const longestString = 255

/** A text that was entered without quotes is one text, spaces and all, which the service cuts by itself. */
function unquoted(content: string): string {
  const bytes = Buffer.from(content)
  const count = Math.max(1, Math.ceil(bytes.length / longestString))
  const cut = (_: unknown, index: number) =>
    bytes.subarray(index * longestString, (index + 1) * longestString)
  return toTxtValue(Array.from({ length: count }, cut))
}

function spellTxt({ content }: CloudflareRecord): string {
  return /^\s*"/.test(content) ? toTxtValue(parseTxt(content)) : unquoted(content)
}

/** A record in the one spelling of its value. Throws a UsageError when it cannot be read. */
export function spell(type: RecordType, record: CloudflareRecord): string {
  return type === 'MX' ? toMxValue(record.priority ?? 0, record.content) : spellTxt(record)
}

/** A record as a request gives it. */
export function toRecord({ name, type }: RecordSetKey, ttl: number, value: string) {
  if (type === 'TXT') return { name, ttl, type, content: value }
  const { preference, host } = parseMx(value)
  return { name, ttl, type, content: host === '' ? '.' : host, priority: preference }
}
