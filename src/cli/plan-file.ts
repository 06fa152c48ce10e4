import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { formatDuration } from '../config/duration.ts'
import { RefusedError, UsageError } from '../model/errors.ts'
import type { Plan } from '../model/plan.ts'
import { planFromText, planToText } from '../plan/file.ts'

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'it cannot be opened'
}

/** Reads a plan file. UsageError: unreadable or not a plan; RefusedError: changed by hand. */
export function readPlanFile(file: string, cwd: string): Plan {
  const path = resolve(cwd, file)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError({
      tried: `read the plan ${path}`,
      said: reasonOf(error),
      hint: 'Make one with "offboard run … --dry-run -o plan.json".',
    })
  }
  return planFromText(text, path)
}

/** Keeps a plan for later, for its owner alone. */
export async function writePlanFile(plan: Plan, file: string, cwd: string): Promise<string> {
  const path = resolve(cwd, file)
  try {
    await writeFile(path, planToText(plan), { mode: 0o600 })
  } catch (error) {
    throw new UsageError({
      tried: `write the plan to ${path}`,
      said: reasonOf(error),
      hint: 'Name a file in a folder that exists and that you may write to.',
    })
  }
  return path
}

/** Throws a RefusedError when a plan is older than is accepted. */
export function assertFresh(plan: Plan, maxAgeMs: number, now: Date): void {
  const ageMs = now.getTime() - Date.parse(plan.createdAt)
  if (ageMs <= maxAgeMs) return
  throw new RefusedError({
    tried: 'carry out the plan in the file',
    said: `it was made ${formatDuration(Math.floor(ageMs / 1000) * 1000)} ago, and at most ${formatDuration(maxAgeMs)} is accepted`,
    hint: 'Make a new one, or raise --plan-max-age.',
  })
}
