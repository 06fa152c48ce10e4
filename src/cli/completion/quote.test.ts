import { describe, expect, it } from 'vitest'
import { quoteFish, quotePowershell, quoteShell } from './quote.ts'

describe('a quoted word', () => {
  it.each([
    ["it's", "'it'\\''s'"],
    ['$(x) `y` "z"', '\'$(x) `y` "z"\''],
  ])('of bash and zsh: %s', (text, quoted) => {
    expect(quoteShell(text)).toBe(quoted)
  })

  it.each([
    ["it's", "'it\\'s'"],
    ['back\\slash', "'back\\\\slash'"],
    ['$(x)', "'$(x)'"],
  ])('of fish: %s', (text, quoted) => {
    expect(quoteFish(text)).toBe(quoted)
  })

  it.each([
    ["it's", "'it''s'"],
    ['it’s ‘so’ ‚and‛', "'it’’s ‘‘so’’ ‚‚and‛‛'"],
    ['$(x) `y', "'$(x) `y'"],
  ])('of PowerShell: %s', (text, quoted) => {
    expect(quotePowershell(text)).toBe(quoted)
  })

  it.each([quoteShell, quoteFish, quotePowershell])('stays on its line (%o)', (quote) => {
    expect(quote('one\r\ntwo\u2028three\u202efour\u0000')).toBe("'one two three four '")
  })
})
