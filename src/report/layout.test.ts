import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Look, layOut, line, linesOf, type Paragraph } from './layout.ts'
import { widthOf } from './width.ts'

function look(columns: number, color = false): Look {
  return { columns, color, verbose: false }
}

const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u

describe('a paragraph', () => {
  it('is never wider than the columns, whatever its text', () => {
    const text = fc.string({ unit: 'binary', maxLength: 300 })
    fc.assert(
      fc.property(text, text, fc.integer({ min: 40, max: 130 }), fc.nat(8), (a, b, columns, indent) => {
        const paragraph: Paragraph = {
          indent,
          marker: { text: '-' },
          spans: [{ text: a, style: 'bold' }, { text: b }],
        }
        for (const text of linesOf(paragraph, look(columns))) {
          expect(widthOf(text)).toBeLessThanOrEqual(columns)
          expect(text).not.toMatch(hidden)
        }
      }),
    )
  })

  it('loses nothing but the space at the ends of its lines', () => {
    const words = fc.array(fc.stringMatching(/^[!-~]{1,30}$/), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(words, fc.integer({ min: 40, max: 100 }), (parts, columns) => {
        const lines = linesOf(line(4, parts.join(' ')), look(columns))
        expect(lines.map((text) => text.trim()).join(' ')).toBe(parts.join(' '))
      }),
    )
  })

  it('keeps its later lines under the first, beside the marker', () => {
    const paragraph = { indent: 2, marker: { text: '-' }, spans: [{ text: 'word '.repeat(12).trim() }] }
    expect(linesOf(paragraph, look(40))).toStrictEqual([
      '  - word word word word word word word',
      '    word word word word word',
    ])
  })

  it('shows a text that would move the cursor or turn the line', () => {
    const [text] = linesOf(line(0, 'a\u001b[2Jb\u202ec\r\nd'), look(80))
    expect(text).toBe('a\\u{1b}[2Jb\\u{202e}c\\u{d}\\u{a}d')
  })

  it('keeps spaces within a name apart', () => {
    expect(linesOf(line(0, '"Junk  Rule"'), look(80))).toStrictEqual(['"Junk  Rule"'])
  })

  it('counts wide characters twice', () => {
    const lines = linesOf(line(0, '日本語 '.repeat(10).trim()), look(40))
    expect(lines.map(widthOf)).toStrictEqual([34, 34])
  })

  it('stays whole when it is to be copied', () => {
    const text = 'offboard run --include '.repeat(9)
    expect(linesOf({ ...line(4, text), whole: true }, look(60))).toStrictEqual([`    ${text}`])
  })

  it('says the same in colour and without', () => {
    const paragraph: Paragraph = {
      indent: 2,
      marker: { text: '!', style: 'red' },
      spans: [{ text: 'one two ' }, { text: 'three four', style: 'bold' }, { text: ' five' }],
    }
    const plain = linesOf(paragraph, look(24))
    const colored = linesOf(paragraph, look(24, true)).join('\n')
    expect(colored).toContain('\u001b[')
    const sequence = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g')
    expect(colored.replaceAll(sequence, '')).toBe(plain.join('\n'))
  })
})

describe('sections', () => {
  it('stand apart by one empty line, and empty ones leave none', () => {
    expect(layOut([[line(0, 'a')], [], [line(0, 'b'), line(2, 'c')]], look(80))).toBe('a\n\nb\n  c\n')
    expect(layOut([[], []], look(80))).toBe('')
  })
})
