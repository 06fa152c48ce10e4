import { isIP } from 'node:net'
import { InternalError } from '../../../../src/model/errors.ts'
import { parseMx, parseTxt, toMxValue, toTxtValue } from '../../presentation.ts'
import type { RecordSet, RecordSetKey, RecordType } from '../../record-set.ts'
import type { ServerAddress } from '../../wire/server-address.ts'

/** What turns one set into another. */
export interface Difference {
  /** Values that are sent with the set's TTL. */
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

type SetContent = Pick<RecordSet, 'ttl' | 'values'>

/**
 * Records that stay are not sent, so that they stay as they are. A TTL belongs to the whole set, and a server gives
 * all records that of the last one added (RFC 2181, section 5.2): another TTL is set by sending one record again.
 */
export function difference(current: SetContent, next: SetContent): Difference {
  const [before, after] = [new Set(current.values), new Set(next.values)]
  const added = [...after].filter((value) => !before.has(value))
  const removed = [...before].filter((value) => !after.has(value))
  const isRetimed = after.size > 0 && before.size > 0 && current.ttl !== next.ttl
  const again = isRetimed && added.length === 0 ? [...after].slice(0, 1) : []
  return { added: [...added, ...again], removed }
}

/**
 * One update in the words of `nsupdate`: only if the set is still what it was, whole (RFC 2136, section 2.4.2), what
 * is new comes in, and then what is old goes. Empty when there is nothing to do. Throws an InternalError for whatever
 * is not in the one spelling, so that nothing in a value is taken for a command.
 */
export function updateLines(
  { address, port }: ServerAddress,
  current: RecordSet,
  next: SetContent,
): readonly string[] {
  const { key } = current
  const { added, removed } = difference(current, next)
  if (added.length === 0 && removed.length === 0) return []
  const set = `${checkedName(key.name)}. IN ${checkedType(key.type)}`
  const prerequisites =
    current.values.length === 0
      ? [`prereq nxrrset ${set}`]
      : current.values.map((value) => `prereq yxrrset ${set} ${dataOf(key, value)}`)
  return [
    `server ${checkedAddress(address)} ${checkedNumber(port, 65_535)}`,
    `zone ${checkedName(key.zone)}.`,
    ...prerequisites,
    ...added.map((value) => {
      const ttl = checkedNumber(next.ttl, 2 ** 31 - 1)
      return `update add ${checkedName(key.name)}. ${ttl} IN ${key.type} ${dataOf(key, value)}`
    }),
    ...removed.map((value) => `update delete ${set} ${dataOf(key, value)}`),
    'send',
  ]
}

const spellings: Readonly<Record<RecordType, (value: string) => string>> = {
  MX(value) {
    const { preference, host } = parseMx(value)
    return toMxValue(preference, host)
  },
  TXT: (value) => toTxtValue(parseTxt(value)),
}

function dataOf({ type }: RecordSetKey, value: string): string {
  if (spellings[type](value) !== value) throw refused(`the ${type} value`, value)
  return type === 'MX' && !value.endsWith('.') ? `${value}.` : value
}

function checkedName(name: string): string {
  const isName = name.length <= 253 && name.split('.').every((label) => /^[a-z0-9_-]{1,63}$/.test(label))
  if (!isName) throw refused('the name', name)
  return name
}

function checkedType(type: string): string {
  if (!Object.hasOwn(spellings, type)) throw refused('the type', type)
  return type
}

function checkedNumber(number: number, most: number): number {
  if (!Number.isInteger(number) || number < 0 || number > most) throw refused('the number', String(number))
  return number
}

function checkedAddress(address: string): string {
  if (isIP(address) === 0 || address.includes('%')) throw refused('the address', address)
  return address
}

function refused(what: string, text: string): InternalError {
  return new InternalError({
    tried: `write ${what} ${JSON.stringify(text)} in an update`,
    said: 'it is not in the one spelling that is sent',
  })
}
