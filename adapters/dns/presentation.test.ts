import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UsageError } from '../../src/model/errors.ts'
import { parseMx, parseTxt, toMxValue, toTxtValue, txtText } from './presentation.ts'

const strings = fc
  .array(fc.uint8Array({ maxLength: 255 }), { minLength: 1, maxLength: 6 })
  .map((all) => all.map((bytes) => Buffer.from(bytes)))
const host = fc.domain().map((name) => name.toLowerCase())
const preference = fc.integer({ min: 0, max: 65_535 })

test('whatever bytes a TXT holds, they and their segmentation come back', () => {
  fc.assert(
    fc.property(strings, (given) => {
      expect(parseTxt(toTxtValue(given))).toEqual(given)
    }),
  )
})

test('a TXT is spelled in printable ASCII, and in one way', () => {
  fc.assert(
    fc.property(strings, (given) => {
      const value = toTxtValue(given)
      expect(value).toMatch(/^[\x20-\x7e]+$/)
      expect(toTxtValue(parseTxt(value))).toBe(value)
    }),
  )
})

test('a text is read as it was written, however it was cut', () => {
  const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(texts, (given) => {
      expect(txtText(toTxtValue(given))).toBe(given.join(''))
    }),
  )
})

test('a character that was cut between two strings is one character', () => {
  const bytes = Buffer.from('ü')
  expect(txtText(toTxtValue([bytes.subarray(0, 1), bytes.subarray(1)]))).toBe('ü')
})

test.each([
  ['"v=spf1 " "-all"', '"v=spf1 " "-all"'],
  ['v=spf1 -all', '"v=spf1" "-all"'],
  ['"a""b"', '"a" "b"'],
  ['  "a"\t"b"  ', '"a" "b"'],
  ['""', '""'],
  [String.raw`"say \"hi\" \\ \a"`, String.raw`"say \"hi\" \\ a"`],
  [String.raw`"\195\188"`, String.raw`"\195\188"`],
  ['"ü"', String.raw`"\195\188"`],
  [String.raw`\"a`, String.raw`"\"a"`],
  ['"k=rsa; p=MII"', '"k=rsa; p=MII"'],
  [String.raw`k=rsa\;`, '"k=rsa;"'],
  ['"a\nb"', String.raw`"a\010b"`],
  [String.raw`"\0655"`, '"A5"'],
])('the TXT %s is %s', (value, spelled) => {
  expect(toTxtValue(parseTxt(value))).toBe(spelled)
})

test.each([
  ['', 'no string'],
  [' ', 'no string'],
  ['"a', 'quote'],
  ['a"', 'quote'],
  ['"a" b"', 'quote'],
  ['a;b', 'quote'],
  [String.raw`"a\"`, 'quote'],
  [String.raw`"\256"`, 'not a byte'],
  [String.raw`"\1"`, 'not a byte'],
  [`"${'a'.repeat(256)}"`, '255'],
])('the TXT %j is refused: %s', (value, reason) => {
  expect(() => parseTxt(value)).toThrow(UsageError)
  expect(() => parseTxt(value)).toThrow(reason)
})

test('no string, or one that no record can hold, has no spelling', () => {
  expect(() => toTxtValue([])).toThrow('no string')
  expect(() => toTxtValue(['ü'.repeat(128)])).toThrow('255')
})

test('an MX value says what it was made of', () => {
  fc.assert(
    fc.property(preference, host, (number, name) => {
      expect(parseMx(toMxValue(number, name))).toEqual({ preference: number, host: name })
    }),
  )
})

test('an MX has one spelling', () => {
  const spelling = fc.record({ number: preference, name: host, dot: fc.constantFrom('', '.') })
  fc.assert(
    fc.property(spelling, ({ number, name, dot }) => {
      const { preference: read, host: of } = parseMx(`${number}  ${name.toUpperCase()}${dot}`)
      expect(toMxValue(read, of)).toBe(`${number} ${name}`)
    }),
  )
})

test.each([
  ['10 Mail.Bücher.example.', '10 mail.xn--bcher-kva.example'],
  ['010 mail.example.com', '10 mail.example.com'],
  ['0 .', '0 .'],
  ['10 mx_1.example.com', '10 mx_1.example.com'],
  ['10 0x7f.1', '10 0x7f.1'],
])('the MX %s is %s', (value, spelled) => {
  const { preference: number, host: name } = parseMx(value)
  expect(toMxValue(number, name)).toBe(spelled)
})

test.each([
  ['mail.example.com', 'preference and a host'],
  ['10', 'preference and a host'],
  ['10 a.example b.example', 'preference and a host'],
  ['-1 mail.example.com', 'preference and a host'],
  ['1.5 mail.example.com', 'preference and a host'],
  ['65536 mail.example.com', '0 to 65535'],
  ['10 mail..example.com', 'name of a host'],
  ['10 mail.example.com..', 'name of a host'],
  [`10 ${'a'.repeat(64)}.example`, 'name of a host'],
  [`10 ${'abcdefg.'.repeat(32)}example`, 'name of a host'],
  ['10 mail.example.com:25', 'name of a host'],
  ['10 bü cher.example', 'preference and a host'],
])('the MX %j is refused: %s', (value, reason) => {
  expect(() => parseMx(value)).toThrow(UsageError)
  expect(() => parseMx(value)).toThrow(reason)
})

test('a preference that no record can hold has no spelling', () => {
  expect(() => toMxValue(65_536, 'mail.example.com')).toThrow('0 to 65535')
  expect(() => toMxValue(1.5, 'mail.example.com')).toThrow('0 to 65535')
})
