import { UsageError } from '../../src/model/errors.ts'
import { toDnsName, toHost } from './domain-name.ts'

/** Where mail goes, as one MX record says it. */
export interface MxValue {
  /** 0 to 65535; the lowest is tried first. */
  readonly preference: number
  /** As DNS knows it: lower case, punycode, without the dot of the root. Empty: no mail is taken (RFC 7505). */
  readonly host: string
}

const mxForm = /^(?<preference>\d{1,5})\s+(?<host>\S+)$/
const labelForm = /^[a-z0-9_-]{1,63}$/
const longestName = 253
const longestString = 255
const isAscii = /^[\x20-\x7e]*$/

/**
 * Reads an MX value of a zone file: `10 mail.example.com.`, in any case, with or without the dot at the end.
 * Throws a UsageError when it is none.
 */
export function parseMx(value: string): MxValue {
  const { preference, host } = mxForm.exec(value.trim())?.groups ?? {}
  if (preference === undefined || host === undefined) {
    throw unreadable('MX', value, 'it is not a preference and a host, as in 10 mail.example.com')
  }
  return checkedMx(value, Number(preference), host)
}

/** The one spelling of an MX value: `10 mail.example.com`, and `0 .` where no mail is taken. Throws as `parseMx`. */
export function toMxValue(preference: number, host: string): string {
  const mx = checkedMx(`${preference} ${host}`, preference, host)
  return `${mx.preference} ${mx.host === '' ? '.' : mx.host}`
}

function checkedMx(value: string, preference: number, given: string): MxValue {
  if (!Number.isInteger(preference) || preference < 0 || preference > 65_535) {
    throw unreadable('MX', value, 'the preference is not a whole number from 0 to 65535')
  }
  if (given === '.' || given === '') return { preference, host: '' }
  const host = toHost(isAscii.test(given) ? given : (toDnsName(given) ?? ''))
  const isName = host.length <= longestName && host.split('.').every((label) => labelForm.test(label))
  if (!isName) throw unreadable('MX', value, `${JSON.stringify(given)} is not the name of a host`)
  return { preference, host }
}

/**
 * Reads a TXT value of a zone file: one string or more, quoted or not, with `\"`, `\\` and `\DDD` (RFC 1035,
 * section 5.1). The segmentation stays. Characters beyond ASCII count as their UTF-8. Throws a UsageError when it is
 * none.
 */
export function parseTxt(value: string): Buffer[] {
  const tokens: Buffer[] = []
  const form = /\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<bare>(?:[^\s"\\;()]|\\.)+))/suy
  while (value.slice(form.lastIndex).trim() !== '') {
    const at = form.lastIndex
    const { quoted, bare } = form.exec(value)?.groups ?? {}
    const text = quoted ?? bare
    if (text === undefined) throw unreadable('TXT', value, `a quote is missing at character ${at + 1}`)
    tokens.push(checkedString(value, unescaped(value, text)))
  }
  if (tokens.length === 0) throw unreadable('TXT', value, 'it holds no string')
  return tokens
}

/**
 * The one spelling of a TXT value: each string in quotes, with `\"`, `\\` and `\DDD` for bytes outside printable
 * ASCII. A text is taken as UTF-8. Throws a UsageError for no string, and for one of more than 255 bytes.
 */
export function toTxtValue(strings: readonly (string | Uint8Array)[]): string {
  const given = strings.map((string) => Buffer.from(string))
  const spelled = given.map((bytes) => `"${[...bytes].map(escaped).join('')}"`).join(' ')
  if (given.length === 0) throw unreadable('TXT', spelled, 'it holds no string')
  for (const bytes of given) checkedString(spelled, bytes)
  return spelled
}

/** What a TXT value says to its readers: its strings joined without a space, as UTF-8. */
export function txtText(value: string): string {
  return Buffer.concat(parseTxt(value)).toString('utf8')
}

function checkedString(value: string, bytes: Buffer): Buffer {
  if (bytes.length <= longestString) return bytes
  throw unreadable('TXT', value, `one of its strings is of ${bytes.length} bytes, and 255 are the most`)
}

function escaped(byte: number): string {
  const character = String.fromCharCode(byte)
  if (character === '"' || character === '\\') return `\\${character}`
  return isAscii.test(character) ? character : `\\${String(byte).padStart(3, '0')}`
}

function unescaped(value: string, text: string): Buffer {
  const parts = text.match(/\\\d{3}|\\.|[^\\]+/gsu) ?? []
  return Buffer.concat(
    parts.map((part) => (part.startsWith('\\') ? unescapedPart(value, part) : Buffer.from(part))),
  )
}

function unescapedPart(value: string, part: string): Buffer {
  const code = part.slice(1)
  if (!/^\d/.test(code)) return Buffer.from(code)
  const byte = Number(code)
  if (code.length === 3 && byte <= 255) return Buffer.from([byte])
  throw unreadable('TXT', value, `${part} is not a byte: three digits are wanted, from \\000 to \\255`)
}

function unreadable(type: string, value: string, said: string): UsageError {
  return new UsageError({ tried: `read the ${type} value ${JSON.stringify(value)}`, said })
}
