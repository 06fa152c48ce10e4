import type { Entry } from '../model/journal.ts'
import type { JsonObject } from '../model/json.ts'
import type { Plan } from '../model/plan.ts'
import type { ItemOutcome } from '../model/words.ts'

/** How a change, a wait or a guided step stands, by its journal. */
export interface Life {
  readonly outcome: ItemOutcome
  /** A write was begun: what came of it is only known by reading. */
  readonly intended: boolean
  /** When it began, for a wait. */
  readonly beganAt?: string
  /** Of the last entry. */
  readonly data: JsonObject
}

const unborn: Life = { outcome: 'planned', intended: false, data: {} }

function live(life: Life, entry: Entry): Life {
  const data = entry.data ?? {}
  if (entry.event === 'note') return life
  if (entry.event === 'began') return { ...life, beganAt: life.beganAt ?? entry.at }
  if (entry.event === 'intended') return { ...life, intended: true, outcome: 'planned', data }
  return { ...life, outcome: entry.event, data }
}

/** Folds the entries of a run into the life of each subject. */
export function livesOf(entries: readonly Entry[]): ReadonlyMap<string, Life> {
  const lives = new Map<string, Life>()
  for (const entry of entries) lives.set(entry.subject, live(lives.get(entry.subject) ?? unborn, entry))
  return lives
}

export function lifeOf(lives: ReadonlyMap<string, Life>, subject: string): Life {
  return lives.get(subject) ?? unborn
}

/** What the run itself may say of its last look: not all could be read, or something came back. */
const openLooks: ReadonlySet<ItemOutcome> = new Set(['unverified', 'action-required'])

/**
 * How everything of a run stands that its outcome rests on: changes, waits, what it cannot make again, and a last look
 * that did not find all gone.
 */
export function itemsOf(
  { changes, waits, kept }: Pick<Plan, 'changes' | 'waits' | 'kept'>,
  lives: ReadonlyMap<string, Life>,
): readonly ItemOutcome[] {
  const planned = [...changes, ...waits].map(({ id }) => lifeOf(lives, id).outcome)
  const lost = kept.flatMap((object) => (object.lost ? ['action-required' as const] : []))
  const look = lifeOf(lives, 'run').outcome
  return [...planned, ...lost, ...(openLooks.has(look) ? [look] : [])]
}

/** A wait has ended, whether it was proven or not. */
export function isOver({ outcome }: Life): boolean {
  return outcome === 'verified' || outcome === 'unverified'
}

/** Nothing more is to be done about it. */
export function isSettled(life: Life): boolean {
  return life.outcome === 'verified' || life.outcome === 'absent'
}
