import { onTestFinished } from 'vitest'
import type { Check, RunEvent } from '../../model/events.ts'

/** What a command line told. */
interface Told {
  readonly events: readonly RunEvent[]
}

/** Closes what was opened when the test has finished. */
export async function forThisTest<T extends AsyncDisposable>(opening: Promise<T>): Promise<T> {
  const opened = await opening
  onTestFinished(() => opened[Symbol.asyncDispose]())
  return opened
}

export function checksOf(outcome: Told): ReadonlyMap<string, Check> {
  const checks = outcome.events.flatMap((event) => (event.type === 'checks' ? event.checks : []))
  return new Map(checks.map((check) => [check.check, check]))
}

export function checkOf(outcome: Told, title: string): Check {
  const check = checksOf(outcome).get(title)
  if (check === undefined) throw new Error(`no check "${title}"`)
  return check
}

export function namesOf(outcome: Told, state: Check['ok']): readonly string[] {
  return [...checksOf(outcome).values()].filter(({ ok }) => ok === state).map(({ check }) => check)
}
