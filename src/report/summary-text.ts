import type { Summary } from '../model/events.ts'
import type { Plan } from '../model/plan.ts'
import { commandLine, type Look, layOut, line, type Paragraph, type Section, type Style } from './layout.ts'
import { duration, moment } from './time.ts'
import { count, isSettled, listed, styleOf } from './words.ts'

/** What the summary is read with. */
export interface SummaryContext {
  /** The plan that was told of before it. */
  readonly plan: Plan | undefined
  readonly now: Date
}

/** Counts that a sentence is made of. */
interface Tally {
  readonly proven: number
  readonly planned: number
  readonly open: number
  readonly people: string
  readonly isRestore: boolean
}

function undecided(summary: Summary, plan: Plan | undefined): Summary['lookalikes'] {
  const excluded = new Set(
    plan?.lookalikes.filter(({ decision }) => decision === 'exclude').map(({ id }) => id) ?? [],
  )
  return summary.lookalikes.filter(({ id }) => !excluded.has(id))
}

function openGuides(summary: Summary): Summary['guided'] {
  return summary.guided.filter(({ outcome }) => !isSettled(outcome))
}

function tally(summary: Summary, plan: Plan | undefined): Tally {
  const counted = summary.changes.filter(({ outcome }) => outcome !== 'kept')
  const proven = counted.filter(({ outcome }) => isSettled(outcome)).length
  const steps = openGuides(summary).filter(({ optional }) => !optional).length
  const lookalikes = undecided(summary, plan).length
  const people = [
    ...(steps === 0 ? [] : [count(steps, 'step')]),
    ...(lookalikes === 0 ? [] : [count(lookalikes, 'lookalike')]),
  ]
  const verb = steps + lookalikes === 1 ? 'is' : 'are'
  return {
    proven,
    planned: counted.length,
    open: counted.length - proven,
    people:
      people.length === 0 ? 'something is left for a person' : `${listed(people)} ${verb} left for a person`,
    isRestore: plan?.purpose === 'restore',
  }
}

/** '5 of 12 changes verified' */
function progress({ proven, planned, open }: Tally): string {
  if (planned === 0) return 'nothing had to be changed'
  if (open > 0) return `${proven} of ${count(planned, 'change')} verified`
  return planned === 1 ? 'the one change is verified' : `all ${planned} changes verified`
}

function state(all: Tally): string {
  if (all.open > 0) return 'Not finished'
  return all.isRestore ? 'Put back' : 'Off the vendor'
}

type Sentence = (all: Tally, summary: Summary) => string

const sentences: Readonly<Record<Summary['outcome'], readonly [Style, Sentence]>> = {
  done: ['green', (all) => `${state(all)}: ${progress(all)}.`],
  'action-required': ['yellow', (all) => `${state(all)}, ${progress(all)}; ${all.people}.`],
  unverified: [
    'yellow',
    (all, { runId }) =>
      runId === null
        ? 'Not everything could be read, so nothing is proven. Nothing was changed.'
        : `${state(all)}, ${progress(all)}, but something could not be proven.`,
  ],
  failed: ['red', (all, { runId }) => `Failed: ${runId === null ? 'nothing was changed' : progress(all)}.`],
  refused: [
    'red',
    (all, { runId }) =>
      runId === null
        ? 'Refused: nothing was changed.'
        : `Refused: ${progress(all)}, and nothing else was changed.`,
  ],
  interrupted: [
    'yellow',
    (all, { runId }) => `Interrupted: ${runId === null ? 'nothing was changed' : progress(all)}.`,
  ],
  waiting: ['cyan', (all) => `Waiting: ${progress(all)} so far.`],
  planned: [
    'bold',
    ({ planned }) =>
      planned === 0
        ? 'Dry run: there is nothing to change.'
        : `Dry run: nothing was changed, ${count(planned, 'change')} would be made.`,
  ],
  clean: ['green', () => "Clean: nothing that is surely the vendor's is there."],
  present: [
    'red',
    (_, { changes }) =>
      `Present: ${count(changes.length, 'thing')} of the vendor's ${changes.length === 1 ? 'is' : 'are'} there.`,
  ],
}

/** Commands whose outcome speaks of the tenant. The others have said all before. */
const telling: ReadonlySet<string> = new Set(['run', 'plan', 'resume', 'restore', 'verify'])

function headline(summary: Summary, plan: Plan | undefined): Section {
  if (!telling.has(summary.command)) return ownWords(summary)
  const [style, sentence] = sentences[summary.outcome]
  return [line(0, sentence(tally(summary, plan), summary), style)]
}

/** What commands say that do not judge the tenant. */
function ownWords({ command, runId, outcome }: Summary): Section {
  if (outcome !== 'done') return []
  const texts: Readonly<Record<string, string>> = {
    abandon: `Run ${runId ?? ''} is closed as it is.`,
    confirm: `Noted in run ${runId ?? ''}.`,
  }
  const text = texts[command]
  return text === undefined ? [] : [line(0, text)]
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
    ...undecided(summary, plan).map(({ id, reason }) => ({
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
  const hasRun = summary.runId !== null && telling.has(summary.command)
  const left = hasRun && summary.command !== 'verify' ? leftOver(summary, plan) : []
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
  const rest = Date.parse(resumeAfter) - now.getTime()
  return [
    line(0, `Come back ${rest > 0 ? `in ${duration(rest)}, ` : ''}at ${moment(resumeAfter)}, or later.`),
  ]
}

function nextSection({ next }: Summary): Section {
  return next.length === 0 ? [] : [line(0, 'Next:', 'bold'), ...next.map(commandLine)]
}

/** How a command ended: one sentence for what holds now, what is left, when to come back, what to type. */
export function summaryText(summary: Summary, { plan, now }: SummaryContext, look: Look): string {
  return layOut(
    [headline(summary, plan), leftSection(summary, plan), comeBack(summary, now), nextSection(summary)],
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
