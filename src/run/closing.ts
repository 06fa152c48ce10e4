import * as z from 'zod'
import type { Journal, RunRecord } from '../model/journal.ts'
import type { JsonObject } from '../model/json.ts'
import { type Ground, grounds } from '../model/words.ts'
import { type Life, lifeOf, livesOf } from './life.ts'

/** Who said that a guided step is done, and when. */
export interface Attestation {
  readonly by: string
  readonly at: string
  readonly note?: string
}

/** What was read of a guided step, and what that rests on. */
interface Read {
  readonly evidence: string
  readonly rests?: Ground
}

interface Times {
  /** When it was closed first. */
  readonly from: string
  /** When how it stands was written down last. */
  readonly at: string
}

/**
 * How a guided step was closed: by a person who says so, by what could be read, or by a person whose word wants a proof
 * that is not there yet.
 */
export type Closed = Times &
  (
    | { readonly outcome: 'attested'; readonly said: Attestation }
    | { readonly outcome: 'verified'; readonly said?: Attestation; readonly read: Read }
    | { readonly outcome: 'unverified'; readonly said: Attestation; readonly read: Read }
  )

type Run = Pick<RunRecord, 'id' | 'plan'>

const form = z.looseObject({
  at: z.string(),
  by: z.string().optional(),
  note: z.string().optional(),
  saidAt: z.string().optional(),
  evidence: z.string().optional(),
  rests: z.enum(grounds).optional(),
})

function saidIn({ at, by, note, saidAt }: z.infer<typeof form>): Attestation | undefined {
  if (by === undefined) return undefined
  return { by, at: saidAt ?? at, ...(note === undefined ? {} : { note }) }
}

function readIn({ evidence, rests }: z.infer<typeof form>): Read | undefined {
  return evidence === undefined ? undefined : { evidence, ...(rests === undefined ? {} : { rests }) }
}

function closing({ outcome, data }: Life): Closed | undefined {
  const entry = form.safeParse(data).data
  if (entry === undefined) return undefined
  const [said, read] = [saidIn(entry), readIn(entry)]
  const times = { from: entry.saidAt ?? entry.at, at: entry.at }
  if (outcome === 'verified' && read !== undefined)
    return { outcome, ...times, read, ...(said === undefined ? {} : { said }) }
  if (said === undefined) return undefined
  if (outcome === 'attested') return { outcome, ...times, said }
  return outcome === 'unverified' && read !== undefined ? { outcome, ...times, said, read } : undefined
}

/** What is kept of a word and of what was read, as `closing` reads it. */
export function closingData(at: string, said: Attestation | undefined, read: Read | undefined): JsonObject {
  return {
    at,
    ...(said === undefined ? {} : { by: said.by, saidAt: said.at }),
    ...(said?.note === undefined ? {} : { note: said.note }),
    ...(read === undefined ? {} : { evidence: read.evidence }),
    ...(read?.rests === undefined ? {} : { rests: read.rests }),
  }
}

/** Whether a run's plan takes something away that stands before a guided step: then it was found again. */
function foundBefore({ plan }: Run, step: string): boolean {
  const order = plan.steps.map(({ id }) => id)
  const before = new Set(order.slice(0, Math.max(0, order.indexOf(step))))
  const byHand = plan.guided.filter(({ objects = [] }) => objects.length > 0)
  return plan.changes.some((change) => before.has(change.step)) || byHand.some(({ id }) => before.has(id))
}

/** How earlier runs on the same tenant closed it. It counts only while nothing of the footprint was found again. */
async function earlier(journal: Journal, run: Run, step: string): Promise<Closed | undefined> {
  if (foundBefore(run, step)) return undefined
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
    const found = closing(lifeOf(livesOf(await journal.entries(other.id)), step))
    if (found !== undefined || foundBefore(other, step)) return found
  }
  return undefined
}

/** How a guided step was closed, in this run or in an earlier one that still counts; undefined: it is open. */
export async function closedBy(journal: Journal, run: Run, step: string): Promise<Closed | undefined> {
  const life = lifeOf(livesOf(await journal.entries(run.id)), step)
  // What could be read speaks against what was said earlier.
  if (life.outcome === 'action-required') return undefined
  return closing(life) ?? earlier(journal, run, step)
}
