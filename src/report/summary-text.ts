import type { Summary } from '../model/events.ts'
import type { Plan } from '../model/plan.ts'
import { commandLine, type Look, layOut, line, type Paragraph, type Section, type Style } from './layout.ts'
import { sentenceOf, tellsOfARun } from './sentences.ts'
import { openGuides, undecidedOf } from './tally.ts'
import { duration, moment } from './time.ts'
import { isSettled, styleOf } from './words.ts'

/** What the summary is read with. */
export interface SummaryContext {
  /** The plan that was told of before it. */
  readonly plan: Plan | undefined
  readonly now: Date
}

/** Something that is left: how it stands, and what it is. */
interface Left {
  readonly state: string
  readonly style: Style
  readonly text: string
}

function leftOver(summary: Summary, plan: Plan | undefined): readonly Left[] {
  const changes = summary.changes.filter(({ outcome }) => !isSettled(outcome))
  return [
    ...changes.map(({ id, outcome }) => ({ state: outcome, style: styleOf(outcome), text: id })),
    ...openGuides(summary).map(({ id, outcome, optional }) => ({
      state: outcome,
      style: styleOf(outcome),
      text: `${id}${optional ? ' (optional)' : ''}`,
    })),
    ...undecidedOf(summary, plan).map(({ id, reason }) => ({
      state: 'decide',
      style: 'yellow' as const,
      text: `${id}: ${reason}`,
    })),
    ...summary.leftovers.map(({ id, reason }) => ({
      state: 'leftover',
      style: 'dim' as const,
      text: `${id}: ${reason}`,
    })),
  ]
}

function leftSection(summary: Summary, plan: Plan | undefined): Section {
  const left = tellsOfARun(summary) ? leftOver(summary, plan) : []
  if (left.length === 0) return []
  const width = Math.max(...left.map(({ state }) => state.length))
  return [
    line(0, 'What is left', 'bold'),
    ...left.map(
      ({ state, style, text }): Paragraph => ({
        indent: 2,
        marker: { text: state.padEnd(width), style },
        spans: [{ text }],
      }),
    ),
  ]
}

function comeBack({ resumeAfter }: Summary, now: Date): Section {
  if (resumeAfter === null) return []
  const restMs = Date.parse(resumeAfter) - now.getTime()
  const rest = restMs > 0 ? `in ${duration(restMs)}, ` : ''
  return [line(0, `Come back ${rest}at ${moment(resumeAfter)}, or later.`)]
}

function nextSection({ next }: Summary): Section {
  return next.length === 0 ? [] : [line(0, 'Next:', 'bold'), ...next.map(commandLine)]
}

/** How a command ended: one sentence for what holds now, what is left, when to come back, what to type. */
export function summaryText(summary: Summary, { plan, now }: SummaryContext, look: Look): string {
  const sentence = sentenceOf(summary, plan)
  return layOut(
    [
      sentence === undefined ? [] : [line(0, sentence.text, sentence.style)],
      leftSection(summary, plan),
      comeBack(summary, now),
      nextSection(summary),
    ],
    look,
  )
}

/** An error: what was tried, what was said, and what to do next. */
export function errorText({ message, hint }: NonNullable<Summary['error']>, look: Look): string {
  const [first = '', ...rest] = message.split('\n')
  return layOut(
    [
      [
        { indent: 0, marker: { text: 'Error:', style: 'red' }, spans: [{ text: first }] },
        ...rest.map((text) => line(2, text.trim())),
        ...(hint === undefined ? [] : [{ indent: 0, marker: { text: 'To do:' }, spans: [{ text: hint }] }]),
      ],
    ],
    look,
  )
}
