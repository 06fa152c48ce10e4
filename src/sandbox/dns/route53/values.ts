import { readMx, readTxt, writeMx, writeTxt } from '../values.ts'

/** Bytes are octal here, where zone files have decimal ones. */
function octal(byte: number): string {
  const character = String.fromCharCode(byte)
  if (character === '"') return '\\"'
  const isPlain = byte >= 0x20 && byte < 0x7f && character !== '\\'
  return isPlain ? character : `\\${byte.toString(8).padStart(3, '0')}`
}

/** A value as Route 53 shows it; hosts have the dot of the root. */
export function shownValue(type: string, value: string): string {
  if (type === 'TXT') {
    const strings = readTxt(value) ?? []
    return strings.map((bytes) => `"${[...bytes].map(octal).join('')}"`).join(' ')
  }
  const mx = type === 'MX' ? readMx(value) : undefined
  return mx === undefined ? value : `${mx.preference} ${mx.exchange}.`
}

function bytesOf(quoted: string): Buffer {
  const parts = quoted.matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/gsu)
  return Buffer.concat(
    [...parts].map(([, code, escaped, plain]) =>
      code === undefined ? Buffer.from(escaped ?? plain ?? '') : Buffer.from([Number.parseInt(code, 8)]),
    ),
  )
}

/** The value in the form of zone files; undefined when Route 53 would not take it. */
export function takenValue(type: string, shown: string): string | undefined {
  if (type === 'MX') {
    const mx = readMx(shown)
    return mx === undefined ? undefined : writeMx(mx)
  }
  if (type !== 'TXT') return shown
  if (!/^\s*"(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*\s*$/su.test(shown)) return undefined
  const strings = [...shown.matchAll(/"((?:[^"\\]|\\.)*)"/gsu)].map(([, quoted = '']) => bytesOf(quoted))
  return strings.every(({ length }) => length <= 255) ? writeTxt(strings) : undefined
}
