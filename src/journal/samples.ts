import type { Clock } from '../model/clock.ts'
import type { Backup, NewRun } from '../model/journal.ts'
import type { JsonObject } from '../model/json.ts'
import { noDecisions } from '../model/no-decisions.ts'
import type { Plan } from '../model/plan.ts'

/** A new run on the tenant 'contoso'. */
export function sampleRun(plan: Partial<Plan> = {}): NewRun {
  const hash = 'c0ffee'
  const at = '2026-11-24T08:11:00.000Z'
  return {
    plan: {
      format: 'offboard.plan/1',
      tool: '0.1.0',
      createdAt: at,
      purpose: 'offboard',
      tenant: { guid: '11111111-2222-3333-4444-555555555555', name: 'contoso.onmicrosoft.com' },
      platform: 'm365-inline',
      regions: ['eu'],
      footprint: '1',
      steps: [],
      decisions: noDecisions,
      ...{
        changes: [],
        waits: [],
        guided: [],
        kept: [],
        lookalikes: [],
        leftovers: [],
        blockers: [],
        unread: [],
      },
      ...{ facts: {}, order: {}, unmatched: [], hash },
      ...plan,
    },
    approval: { hash, how: 'yes', who: 'admin', at },
    settings: { drain: '30m' },
  }
}

/** A clock that stands until it is set. */
export function standingClock(start = '2026-11-24T08:11:07.000Z') {
  let now = new Date(start)
  const clock: Clock = { now: () => now, sleep: async () => undefined }
  return {
    clock,
    set: (date: string) => {
      now = new Date(date)
    },
  }
}

/** What was saved of a transport rule. */
export function sampleBackup(change: string, properties: JsonObject): Backup {
  return { change, kind: 'transport-rule', object: { guid: 'g', name: 'n', properties } }
}
