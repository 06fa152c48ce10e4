import { onTestFinished } from 'vitest'
import { type Outcome, openWorld, type World, type WorldOptions } from '../../../test/support/world.ts'
import type { Check } from '../../model/events.ts'

/** A world of its own for the test that runs. */
export async function world(options: WorldOptions = {}): Promise<World> {
  const opened = await openWorld(options)
  onTestFinished(() => opened[Symbol.asyncDispose]())
  return opened
}

export function checksOf(outcome: Outcome): ReadonlyMap<string, Check> {
  const checks = outcome.events.flatMap((event) => (event.type === 'checks' ? event.checks : []))
  return new Map(checks.map((check) => [check.check, check]))
}

export function checkOf(outcome: Outcome, title: string): Check {
  const check = checksOf(outcome).get(title)
  if (check === undefined) throw new Error(`no check "${title}" in ${outcome.stdout}`)
  return check
}

export function namesOf(outcome: Outcome, state: Check['ok']): readonly string[] {
  return [...checksOf(outcome).values()].filter(({ ok }) => ok === state).map(({ check }) => check)
}
