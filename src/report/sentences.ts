import type { Summary } from '../model/events.ts'
import type { Plan } from '../model/plan.ts'
import type { Style } from './layout.ts'
import { type Tally, tallyOf } from './tally.ts'
import { count, listed } from './words.ts'

/** What a sentence is made of. */
interface Facts extends Tally {
  /** A run was begun: before that, nothing can have been changed. */
  readonly begun: boolean
  readonly isRestore: boolean
  readonly found: number
}

/** '5 of 12 changes verified' */
function progress({ proven, planned, steps }: Facts): string {
  if (planned === 0 && steps > 0) return 'nothing to change for this program'
  if (planned === 0) return 'nothing had to be changed'
  if (proven < planned) return `${proven} of ${count(planned, 'change')} verified`
  return planned === 1 ? 'the one change verified' : `all ${planned} changes verified`
}

/** What holds in the tenant now. */
function state(facts: Facts): string {
  if (facts.cameBack > 0) return `Not off the vendor: ${count(facts.cameBack, 'object')} came back`
  if (facts.proven < facts.planned) return 'Not finished'
  if (facts.isRestore) return 'Put back'
  if (facts.steps > 0) return 'Not finished'
  return facts.kept > 0
    ? `Off the vendor but for ${count(facts.kept, 'object')} kept by you`
    : 'Off the vendor'
}

function people({ steps, undecided }: Facts): string {
  const parts = [
    ...(steps === 0 ? [] : [count(steps, 'step')]),
    ...(undecided === 0 ? [] : [count(undecided, 'lookalike')]),
  ]
  if (parts.length === 0) return 'a person must look at it'
  return `${listed(parts)} ${steps + undecided === 1 ? 'is' : 'are'} left for a person`
}

/** How far it got when it was cut short. */
function sofar(facts: Facts): string {
  return facts.begun ? progress(facts) : 'nothing was changed'
}

const sentences: Readonly<Record<Summary['outcome'], readonly [Style, (facts: Facts) => string]>> = {
  done: ['green', (facts) => `${state(facts)}, ${progress(facts)}.`],
  'action-required': ['yellow', (facts) => `${state(facts)}, ${progress(facts)}; ${people(facts)}.`],
  unverified: [
    'yellow',
    (facts) =>
      facts.begun
        ? `Not proven: ${progress(facts)}, but something could not be read.`
        : 'Not everything could be read, so nothing is proven. Nothing was changed.',
  ],
  failed: ['red', (facts) => `Failed: ${sofar(facts)}.`],
  refused: [
    'red',
    (facts) => `Refused: ${sofar(facts)}${facts.begun ? ', and nothing was written against it' : ''}.`,
  ],
  interrupted: ['yellow', (facts) => `Interrupted: ${sofar(facts)}.`],
  waiting: ['cyan', (facts) => `Waiting: ${progress(facts)} so far.`],
  planned: [
    'bold',
    ({ planned, steps }) => {
      if (planned > 0) return `Dry run: nothing was changed, ${count(planned, 'change')} would be made.`
      return steps > 0
        ? `Dry run: nothing was changed; ${count(steps, 'step')} ${steps === 1 ? 'is' : 'are'} for a person.`
        : 'Dry run: there is nothing to change.'
    },
  ],
  clean: ['green', () => "Clean: nothing that is surely the vendor's is there."],
  present: [
    'red',
    ({ found }) => `Present: ${count(found, 'thing')} of the vendor's ${found === 1 ? 'is' : 'are'} there.`,
  ],
}

/** Commands whose outcome speaks of the tenant. */
const telling: ReadonlySet<string> = new Set(['run', 'plan', 'resume', 'restore', 'verify'])

/** What commands say that do not judge the tenant. */
const ownWords: Readonly<Record<string, (runId: string) => string>> = {
  abandon: (runId) => `Run ${runId} is closed as it is.`,
  confirm: (runId) => `Noted in run ${runId}.`,
}

/** One sentence that says what holds now; undefined for a command that has said all before. */
export function sentenceOf(
  summary: Summary,
  plan: Plan | undefined,
): { readonly text: string; readonly style?: Style } | undefined {
  const { command, outcome, runId, error, changes } = summary
  const own = ownWords[command]
  if (own !== undefined && error === undefined) return { text: own(runId ?? '') }
  if (!telling.has(command)) return undefined
  const [style, sentence] = sentences[outcome]
  const facts = {
    ...tallyOf(summary, plan),
    begun: runId !== null,
    isRestore: plan?.purpose === 'restore',
    found: changes.length,
  }
  return { text: sentence(facts), style }
}

/** Whether the summary of a command tells what a run has left. */
export function tellsOfARun({ command, runId }: Summary): boolean {
  return runId !== null && telling.has(command) && command !== 'verify'
}
