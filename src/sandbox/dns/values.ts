/** Where an MX record sends mail. */
interface MailHost {
  readonly preference: number
  /** Without the dot of the root; empty where no mail is taken. */
  readonly exchange: string
}

const longestString = 255

/** Reads `10 mail.example.com` and `0 .`; undefined when it is none. */
export function readMx(value: string): MailHost | undefined {
  const [, preference = '', host = ''] = /^(\d{1,5})\s+(\S+)$/.exec(value) ?? []
  if (host === '' || Number(preference) > 65_535) return undefined
  return { preference: Number(preference), exchange: host.toLowerCase().replace(/\.$/, '') }
}

/** `10 mail.example.com`, and `0 .` where no mail is taken. */
export function writeMx({ preference, exchange }: MailHost): string {
  return `${preference} ${exchange === '' ? '.' : exchange}`
}

function byteOf(code: string): Buffer {
  return /^\d{3}$/.test(code) ? Buffer.from([Number(code)]) : Buffer.from(code)
}

function readString(quoted: string): Buffer {
  const parts = quoted.matchAll(/\\(\d{3}|.)|([^\\]+)/gsu)
  return Buffer.concat(
    [...parts].map(([, code, plain = '']) => (code === undefined ? Buffer.from(plain) : byteOf(code))),
  )
}

/** The strings of a TXT value of quoted strings; undefined when it is none, or one is of more than 255 bytes. */
export function readTxt(value: string): readonly Buffer[] | undefined {
  if (!/^\s*"(?:[^"\\]|\\.)*"(?:\s+"(?:[^"\\]|\\.)*")*\s*$/su.test(value)) return undefined
  const strings = [...value.matchAll(/"((?:[^"\\]|\\.)*)"/gsu)].map(([, quoted = '']) => readString(quoted))
  return strings.every(({ length }) => length <= longestString) ? strings : undefined
}

function spelled(byte: number): string {
  const character = String.fromCharCode(byte)
  if (character === '"' || character === '\\') return `\\${character}`
  return byte >= 0x20 && byte < 0x7f ? character : `\\${String(byte).padStart(3, '0')}`
}

/** A TXT value in the form of zone files, string by string. */
export function writeTxt(strings: readonly (string | Uint8Array)[]): string {
  return strings.map((string) => `"${[...Buffer.from(string)].map(spelled).join('')}"`).join(' ')
}

/** A text as one TXT value, cut into strings of 255 bytes. */
export function txtOf(text: string): string {
  const bytes = Buffer.from(text)
  const count = Math.max(1, Math.ceil(bytes.length / longestString))
  const at = (index: number) => bytes.subarray(index * longestString, (index + 1) * longestString)
  return writeTxt(Array.from({ length: count }, (_, index) => at(index)))
}
