import * as z from 'zod'
import type { Entry, NewEntry } from '../model/journal.ts'
import type { Plan } from '../model/plan.ts'
import { lanesOf } from './lanes.ts'

/** How a wait ends. */
export type WaitEnd = 'over' | 'unverified' | 'action-required'

const form = z.looseObject({ lanes: z.array(z.string()), is: z.enum(['over', 'unverified']) })

/** The lanes for which a wait has ended while others had not come to it, and how. */
function ended(entries: readonly Entry[], wait: string): readonly z.infer<typeof form>[] {
  return entries
    .filter(({ subject, event }) => subject === wait && event === 'note')
    .flatMap(({ data }) => form.safeParse(data).data ?? [])
}

/** Of these lanes, those that still have to wait. */
export function lanesToWaitFor(
  entries: readonly Entry[],
  wait: string,
  lanes: ReadonlySet<string>,
): ReadonlySet<string> {
  const over = new Set(ended(entries, wait).flatMap((end) => end.lanes))
  return new Set([...lanes].filter((lane) => !over.has(lane)))
}

/** What the journal gets of a wait that ends for some lanes: it is over as a whole when no lane is left. */
export function waitEntry(
  entries: readonly Entry[],
  plan: Plan,
  { wait, lanes, is, evidence }: { wait: string; lanes: ReadonlySet<string>; is: WaitEnd; evidence: string },
): NewEntry {
  if (is === 'action-required') return { subject: wait, event: is, data: { evidence } }
  const before = ended(entries, wait)
  const left = [...lanesToWaitFor(entries, wait, lanesOf(plan))].filter((lane) => !lanes.has(lane))
  if (left.length > 0) return { subject: wait, event: 'note', data: { lanes: [...lanes], is, evidence } }
  const isProven = is === 'over' && before.every((end) => end.is === 'over')
  return { subject: wait, event: isProven ? 'verified' : 'unverified', data: { evidence } }
}
