import { UsageError } from '../../../../src/model/errors.ts'
import { parseMx, parseTxt, toMxValue, toTxtValue } from '../../presentation.ts'
import type { RecordType } from '../../record-set.ts'

/**
 * Route 53 writes bytes of a TXT value as three octal digits, where zone files have decimal ones.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html#TXTFormat
 */
function octal(byte: number): string {
  const character = String.fromCharCode(byte)
  const isPlain = byte >= 0x20 && byte < 0x7f && character !== '"' && character !== '\\'
  return isPlain ? character : `\\${byte.toString(8).padStart(3, '0')}`
}

function bytesOf(quoted: string): Buffer {
  const parts = quoted.matchAll(/\\(?<code>[0-3][0-7]{2})|\\(?<escaped>.)|(?<plain>[^\\]+)/gsu)
  return Buffer.concat(
    [...parts].map(({ groups: { code, escaped, plain } = {} }) =>
      code === undefined ? Buffer.from(escaped ?? plain ?? '') : Buffer.from([Number.parseInt(code, 8)]),
    ),
  )
}

const quotedStrings = /^\s*(?:"(?:[^"\\]|\\.)*"\s*)+$/su

function txtValue(value: string): string {
  if (!quotedStrings.test(value))
    throw new UsageError({ tried: `read the TXT value ${value} of Route 53`, said: 'a quote is missing' })
  const strings = [...value.matchAll(/"((?:[^"\\]|\\.)*)"/gsu)].map(([, quoted = '']) => bytesOf(quoted))
  return toTxtValue(strings)
}

/** The one spelling of a value that Route 53 has. Throws a UsageError when it cannot be read. */
export function fromRoute53(type: RecordType, value: string): string {
  if (type === 'TXT') return txtValue(value)
  const { preference, host } = parseMx(value)
  return toMxValue(preference, host)
}

/** A value as Route 53 takes it. */
export function toRoute53(type: RecordType, value: string): string {
  if (type === 'MX') return value
  return parseTxt(value)
    .map((bytes) => `"${[...bytes].map(octal).join('')}"`)
    .join(' ')
}
