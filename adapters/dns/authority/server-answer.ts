import type { Answer, DecodedPacket } from 'dns-packet'
import { UsageError } from '../../../src/model/errors.ts'
import { toMxValue, toTxtValue } from '../presentation.ts'
import type { RecordType } from '../record-set.ts'
import { sortValues } from '../sort-values.ts'
import { codeOf, isName, responseCodes } from '../wire/message.ts'

/**
 * How an answer is to be taken. `unreadable` is "not known", never "none". `no-route`: this machine has no way to that
 * address, of which the server knows nothing.
 */
export type AnswerState = 'answered' | 'unreadable' | 'no-route'

/** A record set as one authoritative server has it. */
export interface SetAnswer {
  readonly state: AnswerState
  /** In seconds; 0 when there is no such set. */
  readonly ttl: number
  /** In presentation form, sorted: servers rotate them. None: there is no such set. */
  readonly values: readonly string[]
  readonly reason?: string
}

/** The serial number of a zone, as one authoritative server has it. */
export interface SerialAnswer {
  readonly state: AnswerState
  readonly serial?: number
  /** The server that the zone itself calls its primary. */
  readonly primary?: string
  readonly reason?: string
}

const failures: Readonly<Record<number, string>> = {
  [responseCodes.serverFailure]: 'it failed (SERVFAIL)',
  [responseCodes.refused]: 'it refused to answer (REFUSED)',
}

export function unreadable(reason: string, state: AnswerState = 'unreadable'): SetAnswer {
  return { state, ttl: 0, values: [], reason }
}

/** What speaks against taking a reply at its word; undefined when nothing does. */
function objection(reply: DecodedPacket): string | undefined {
  const code = codeOf(reply)
  const isKnown = code === responseCodes.noError || code === responseCodes.noSuchName
  if (!isKnown) return failures[code] ?? `it answered with code ${code}`
  return reply.flag_aa ? undefined : 'it does not answer for the zone (no authority)'
}

/** The set in a reply of an authoritative server. Records of other names and types, DNSSEC's too, are passed over. */
export function readSet(reply: DecodedPacket, name: string, type: RecordType): SetAnswer {
  const wrong = objection(reply)
  if (wrong !== undefined) return unreadable(wrong)
  const answers = reply.answers ?? []
  const alias = answers.find((answer) => answer.type === 'CNAME' && isName(answer.name, name))
  if (alias?.type === 'CNAME') {
    return unreadable(`${name} is an alias (CNAME) of ${alias.data}: it has no ${type} of its own`)
  }
  const records = answers.filter((answer) => isName(answer.name, name))
  try {
    const values = records.flatMap((answer) => spelled(answer, type))
    const ttl = Math.max(0, ...records.map((answer) => ttlOf(answer, type)))
    return { state: 'answered', ttl, values: sortValues(type, values) }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    return unreadable(error.message)
  }
}

export function readSerial(reply: DecodedPacket, zone: string): SerialAnswer {
  const wrong = objection(reply)
  if (wrong !== undefined) return { state: 'unreadable', reason: wrong }
  const soa = reply.answers?.find((answer) => answer.type === 'SOA' && isName(answer.name, zone))
  if (soa?.type !== 'SOA') return { state: 'unreadable', reason: `it has no zone ${zone}` }
  const { serial = 0, mname } = soa.data
  return { state: 'answered', serial, primary: mname.toLowerCase() }
}

function spelled(answer: Answer, type: RecordType): readonly string[] {
  if (answer.type === 'MX' && type === 'MX') {
    return [toMxValue(answer.data.preference ?? 0, answer.data.exchange)]
  }
  return answer.type === 'TXT' && type === 'TXT' ? [toTxtValue([answer.data].flat())] : []
}

function ttlOf(answer: Answer, type: RecordType): number {
  return answer.type === type && 'ttl' in answer ? (answer.ttl ?? 0) : 0
}
