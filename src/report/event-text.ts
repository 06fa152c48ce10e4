import type { RunEvent } from '../model/events.ts'
import { doctorText } from './doctor-text.ts'
import { guidedText } from './guided-text.ts'
import { historyText } from './history-text.ts'
import { type Look, layOut, line, type Paragraph, type Style } from './layout.ts'
import { runText } from './run-text.ts'
import { duration, moment } from './time.ts'
import { verifyText } from './verify-text.ts'
import { isSettled, styleOf } from './words.ts'

export type Verbosity = 'quiet' | 'normal' | 'verbose'

/** Events that are told by themselves, one after the other. */
type PlainType = Exclude<RunEvent['type'], 'plan' | 'summary'>

type PlainEvents = { readonly [Type in PlainType]: Extract<RunEvent, { readonly type: Type }> }

/** How an event reads, and from which verbosity on it is told. */
type Tellings = {
  readonly [Type in PlainType]: {
    readonly from: (event: PlainEvents[Type]) => Verbosity
    readonly text: (event: PlainEvents[Type], look: Look) => string
  }
}

const always = (): Verbosity => 'quiet'
const normally = (): Verbosity => 'normal'
const verbosely = (): Verbosity => 'verbose'

function one(paragraph: Paragraph, look: Look): string {
  return layOut([[paragraph]], look)
}

function marked(marker: string, text: string, style: Style): Paragraph {
  return { indent: 0, marker: { text: marker, style }, spans: [{ text, style }] }
}

function changeLine({ id, outcome, detail }: PlainEvents['change']): Paragraph {
  return {
    indent: 2,
    marker: { text: outcome.padEnd(8), style: styleOf(outcome) },
    spans: [{ text: id }, { text: detail === undefined ? '' : `: ${detail}` }],
  }
}

function waitLine({ id, state, until, evidence }: PlainEvents['wait']): Paragraph {
  const when = state === 'waiting' ? `, at least until ${moment(until)}` : ''
  return {
    indent: 0,
    marker: { text: 'Wait', style: 'cyan' },
    spans: [{ text: `${id}: ${state}${when}`, style: 'cyan' }, { text: `: ${evidence}` }],
  }
}

const tellings: Tellings = {
  reading: {
    from: normally,
    text: ({ title, tenant }, look) => one(line(0, `Reading ${tenant}: ${title}`, 'dim'), look),
  },
  run: {
    from: normally,
    text: ({ runId, resumed }, look) => one(line(0, `Run ${runId} ${resumed ? 'goes on' : 'begins'}`), look),
  },
  step: {
    from: normally,
    text: ({ id, title }, look) => one(marked('Step', `${id}: ${title}`, 'bold'), look),
  },
  change: {
    from({ outcome }) {
      if (outcome === 'planned' || outcome === 'applied') return 'verbose'
      return isSettled(outcome) ? 'normal' : 'quiet'
    },
    text: (event, look) => one(changeLine(event), look),
  },
  wait: {
    from: ({ state }) => (state === 'waiting' || state === 'over' ? 'normal' : 'quiet'),
    text: (event, look) => one(waitLine(event), look),
  },
  guided: {
    from: ({ step }) => (step.outcome === 'attested' || step.optional ? 'normal' : 'quiet'),
    text: ({ step }, look) => guidedText(step, look),
  },
  saved: {
    from: always,
    text: ({ step, files }, look) =>
      layOut(
        [[line(0, `Saved for ${step}:`), ...files.map((file) => ({ ...line(2, file), whole: true }))]],
        look,
      ),
  },
  retry: {
    from: verbosely,
    text: ({ reason, waitMs }, look) =>
      one(marked('Retry', `in ${duration(waitMs)}: ${reason}`, 'dim'), look),
  },
  warning: { from: verbosely, text: ({ text }, look) => one(marked('Warning:', text, 'yellow'), look) },
  found: { from: always, text: verifyText },
  history: { from: always, text: ({ runs }, look) => historyText(runs, look) },
  show: { from: always, text: ({ run, entries }, look) => runText(run, entries, look) },
  checks: { from: always, text: ({ checks }, look) => doctorText(checks, look) },
  pruned: {
    from: normally,
    text: ({ runs }, look) =>
      one(line(0, runs.length === 0 ? 'Nothing to prune.' : `Pruned: ${runs.join(', ')}`), look),
  },
}

const levels: readonly Verbosity[] = ['quiet', 'normal', 'verbose']

/** The lines of an event; empty when it is not told at this verbosity. */
export function eventText<Type extends PlainType>(
  event: PlainEvents[Type] & { readonly type: Type },
  verbosity: Verbosity,
  look: Look,
): string {
  const { from, text } = tellings[event.type]
  return levels.indexOf(from(event)) <= levels.indexOf(verbosity) ? text(event, look) : ''
}
