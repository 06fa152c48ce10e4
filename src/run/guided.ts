import type { GuidedState } from '../model/events.ts'
import type { Journal, RunRecord } from '../model/journal.ts'
import type { GuidedContext, GuidedStep, Step } from '../model/platform.ts'
import { type Life, lifeOf, livesOf } from './life.ts'

interface Attested {
  readonly by: string
  readonly at: string
  readonly note?: string
}

function attestation(life: Life): Attested | undefined {
  const { by, at, note } = life.data
  if (life.outcome !== 'attested' || typeof by !== 'string' || typeof at !== 'string') return undefined
  return { by, at, ...(typeof note === 'string' ? { note } : {}) }
}

/** What earlier runs on the same tenant attested. It counts only while nothing of the footprint was found again. */
async function earlier(journal: Journal, run: RunRecord, step: string): Promise<Attested | undefined> {
  if (run.plan.changes.length > 0) return undefined
  const runs = await journal.runs({ tenant: run.plan.tenant.guid })
  const before = runs.slice(
    0,
    Math.max(
      0,
      runs.findIndex(({ id }) => id === run.id),
    ),
  )
  const others = before.filter(({ plan }) => plan.platform === run.plan.platform)
  for (const other of others.toReversed()) {
    const found = attestation(lifeOf(livesOf(await journal.entries(other.id)), step))
    if (found !== undefined || other.plan.changes.length > 0) return found
  }
  return undefined
}

/** Whether a person has said that a step is done, in this run or in an earlier one that still counts. */
export async function attestedBy(
  journal: Journal,
  run: RunRecord,
  step: string,
): Promise<Attested | undefined> {
  return attestation(lifeOf(livesOf(await journal.entries(run.id)), step)) ?? earlier(journal, run, step)
}

/** Why a step that comes after another one may not be done. */
export function notYet(step: string): string {
  return `the step "${step}" is not verified yet`
}

function lockedBy(step: GuidedStep, context: GuidedContext, open: ReadonlySet<string>): readonly string[] {
  const waiting = (step.after ?? []).filter((id) => open.has(id))
  return [...waiting.map(notYet), ...step.lock(context).reasons]
}

/**
 * How the guided steps stand. `open` are the steps that are not verified yet; `context` rests on a survey made
 * after the last write.
 */
export async function guidedStates(
  steps: readonly Step[],
  context: GuidedContext,
  open: ReadonlySet<string>,
  attested: (step: string) => Promise<Attested | undefined>,
): Promise<readonly GuidedState[]> {
  const guided = steps.filter((step): step is GuidedStep => step.kind === 'guided')
  return Promise.all(
    guided.map(async (step) => {
      const locked = lockedBy(step, context, open)
      const by = await attested(step.id)
      return {
        id: step.id,
        title: step.title,
        optional: step.optional,
        outcome: by === undefined ? ('action-required' as const) : ('attested' as const),
        link: step.link,
        instructions: step.instructions(context),
        locked,
        attachments: locked.length === 0 ? (step.attachments?.(context) ?? []) : [],
        ...(by === undefined ? {} : { attested: by }),
      }
    }),
  )
}
