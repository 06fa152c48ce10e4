import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../../../src/model/errors.ts'
import { toTxtValue } from '../../presentation.ts'
import { fromRoute53, toRoute53 } from './values.ts'

describe('a value of Route 53', () => {
  it.each([
    ['TXT', '"v=spf1 " "-all"', '"v=spf1 " "-all"'],
    ['TXT', '"a""b"', '"a" "b"'],
    ['TXT', String.raw`"exam\344ple\042 \134 \\ \""`, String.raw`"exam\228ple\" \\ \\ \""`],
    ['TXT', String.raw`"\0408"`, '" 8"'],
    ['MX', '10 Mail.Example.com.', '10 mail.example.com'],
    ['MX', '0 .', '0 .'],
  ] as const)('%s %s is %s', (type, shown, value) => {
    expect(fromRoute53(type, shown)).toBe(value)
  })

  it('is written with octal codes, and comes back as it was', () => {
    expect(toRoute53('TXT', String.raw`"\228 \" \\"`)).toBe(String.raw`"\344 \042 \134"`)
    const strings = fc.array(fc.uint8Array({ maxLength: 255 }), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(strings, (given) => {
        const value = toTxtValue(given)
        expect(fromRoute53('TXT', toRoute53('TXT', value))).toBe(value)
      }),
    )
  })

  it.each(['', 'bare', '"open', '"a" b'])('is none: %j', (shown) => {
    expect(() => fromRoute53('TXT', shown)).toThrow(UsageError)
  })
})
