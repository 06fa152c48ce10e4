import * as z from 'zod'
import { readMx, readTxt, txtOf, writeMx, writeTxt } from '../values.ts'
import { isBelow } from '../zones.ts'
import { invalidRecord } from './errors.ts'
import type { CloudflareRecord } from './kept-record.ts'

/** A record as a request gives it: whole, or of a patch what changes. */
export const askedRecord = z.looseObject({
  id: z.string().optional(),
  name: z.string().optional(),
  type: z.string().optional(),
  content: z.string().optional(),
  priority: z.number().optional(),
  ttl: z.number().optional(),
  comment: z.string().nullish(),
  tags: z.array(z.string()).optional(),
})
export type AskedRecord = z.infer<typeof askedRecord>

type Written = Pick<CloudflareRecord, 'name' | 'type' | 'value' | 'ttl' | 'comment' | 'tags'>

const [shortestTtl, longestTtl] = [60, 86_400]

/** A name outside the zone is taken as one below it. */
function fullName(name: string, zone: string): string {
  const plain = name.toLowerCase().replace(/\.$/, '')
  if (plain === '@') return zone
  return isBelow(plain, zone) ? plain : `${plain}.${zone}`
}

function mxValue(content: string, priority: number | undefined): string {
  if (priority === undefined) throw invalidRecord(9101, 'priority is a required data field.')
  const host = content.toLowerCase()
  const isHost = host === '.' || /^(?:[a-z0-9_-]{1,63}\.)+[a-z0-9-]{2,63}\.?$/.test(host)
  const mx = isHost ? readMx(`${priority} ${host}`) : undefined
  if (mx === undefined) throw invalidRecord(9009, 'Content for MX record is invalid.')
  return writeMx(mx)
}

/** Quoted strings stay as they are; a text without quotes becomes such. */
function txtValue(content: string): string {
  if (!content.trimStart().startsWith('"')) return txtOf(content)
  const strings = readTxt(content)
  if (strings === undefined) throw invalidRecord(9207, 'Content for TXT record is invalid.')
  return writeTxt(strings)
}

function valueIn(type: string, content: string, priority: number | undefined): string {
  if (content === '') throw invalidRecord(9000, 'content is a required data field.')
  if (type === 'MX') return mxValue(content, priority)
  return type === 'TXT' ? txtValue(content) : content
}

/** What a record would become. Throws a CloudflareRefusal when it would be none. */
export function written(
  { name, type, content, priority, ttl = 1, comment, tags = [] }: AskedRecord,
  zone: string,
): Written {
  if (name === undefined || name === '') throw invalidRecord(9000, 'DNS name is invalid.')
  if (type === undefined) throw invalidRecord(9001, 'type is a required data field.')
  if (ttl !== 1 && !(ttl >= shortestTtl && ttl <= longestTtl))
    throw invalidRecord(9021, 'Invalid TTL. Must be between 60 and 86400 seconds, or 1 for Automatic.')
  const value = valueIn(type, content ?? '', priority)
  return { name: fullName(name, zone), type, value, ttl, comment: comment ?? null, tags }
}
