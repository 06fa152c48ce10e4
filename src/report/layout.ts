import { styleText } from 'node:util'
import { visible } from '../model/name.ts'
import { pieces, widthOf } from './width.ts'

/** How a report is laid out. */
export interface Look {
  /** The width of a line; what is marked as whole may pass it. */
  readonly columns: number
  readonly color: boolean
  /** Says all there is. */
  readonly verbose: boolean
}

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan'

/** A run of text in one style. Colour is never the only sign. */
export interface Span {
  readonly text: string
  readonly style?: Style | undefined
}

/** A paragraph: wrapped, with its later lines under the first. */
export interface Paragraph {
  readonly indent: number
  /** Stands before the text, which is wrapped beside it. */
  readonly marker?: Span
  readonly spans: readonly Span[]
  /** What is copied and typed: stays on one line, however long. */
  readonly whole?: boolean
}

/** A section of a report. */
export type Section = readonly Paragraph[]

interface Word extends Span {
  /** The space before it, which is left out where a line begins. */
  readonly gap: string
}

/** Paints a text, or leaves it as it is. */
export function paint({ text, style }: Span, color: boolean): string {
  return color && style !== undefined && text !== ''
    ? styleText(style, text, { validateStream: false })
    : text
}

function wordsOf(spans: readonly Span[], width: number): readonly Word[] {
  let gap = ''
  const words: Word[] = []
  for (const { text, style } of spans) {
    for (const part of text.split(/(\s+)/u).filter((one) => one !== '')) {
      if (/^\s/u.test(part)) {
        gap += part
        continue
      }
      for (const piece of pieces(part, width)) {
        words.push({ text: piece, style, gap })
        gap = ''
      }
    }
  }
  return words
}

/** Fills lines with words. */
function fill(words: readonly Word[], width: number): readonly (readonly Word[])[] {
  const lines: Word[][] = []
  let used = width + 1
  for (const word of words) {
    const needed = widthOf(word.gap) + widthOf(word.text)
    const fits = used + needed <= width
    if (!fits) lines.push([])
    lines.at(-1)?.push(fits ? word : { ...word, gap: '' })
    used = fits ? used + needed : widthOf(word.text)
  }
  return lines
}

/** Paints a line, words of one style together. */
function painted(words: readonly Word[], color: boolean): string {
  let text = ''
  let run: Span = { text: '' }
  for (const { gap, ...word } of words) {
    const goesOn = word.style === run.style
    text += goesOn ? '' : paint(run, color) + gap
    run = goesOn ? { ...run, text: run.text + gap + word.text } : word
  }
  return text + paint(run, color)
}

/** Texts of a tenant come through here: nothing of them can move, hide or end a line. */
function shown(span: Span): Span {
  return { ...span, text: visible(span.text) }
}

/** The lines of a paragraph, without their ends. */
export function linesOf(paragraph: Paragraph, { columns, color }: Look): readonly string[] {
  const margin = ' '.repeat(paragraph.indent)
  const marker = paragraph.marker === undefined ? undefined : shown(paragraph.marker)
  const first = margin + (marker === undefined ? '' : `${paint(marker, color)} `)
  const spans = paragraph.spans.map(shown)
  if (paragraph.whole === true) return [first + spans.map((span) => paint(span, color)).join('')]
  const hanging = margin + ' '.repeat(marker === undefined ? 0 : widthOf(marker.text) + 1)
  const width = Math.max(16, columns - hanging.length)
  const lines = fill(wordsOf(spans, width), width)
  return lines.map((words, index) => (index === 0 ? first : hanging) + painted(words, color))
}

/** Sections with an empty line between them; empty ones are left out. Ends with a line's end, unless it is empty. */
export function layOut(sections: readonly Section[], look: Look): string {
  return sections
    .filter((section) => section.length > 0)
    .map((section) => section.flatMap((paragraph) => linesOf(paragraph, look)))
    .map((lines) => lines.map((text) => `${text}\n`).join(''))
    .join('\n')
}

/** A paragraph of one text. */
export function line(indent: number, text: string, style?: Style): Paragraph {
  return { indent, spans: [{ text, style }] }
}

/** A command to type, on a line of its own. */
export function commandLine(text: string): Paragraph {
  return { indent: 4, spans: [{ text, style: 'cyan' }], whole: true }
}
