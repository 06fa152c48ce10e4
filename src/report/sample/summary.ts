import type { Summary } from '../../model/events.ts'
import { samplePlan } from './plan.ts'

/** A summary for tests: of a run of that plan, with all changes verified. */
export function sampleSummary(summary: Partial<Summary> = {}): Summary {
  return {
    type: 'summary',
    command: 'run',
    outcome: 'done',
    exitCode: 0,
    tenant: samplePlan.tenant.name,
    platform: samplePlan.platform,
    regions: samplePlan.regions,
    planHash: samplePlan.hash,
    runId: '20261124-081107-k3f9',
    changes: samplePlan.changes.map(({ id, step, kind, name }) => ({
      id,
      step,
      kind,
      name,
      outcome: 'verified',
    })),
    lookalikes: [],
    leftovers: [],
    blockers: [],
    guided: [],
    resumeAfter: null,
    next: [],
    ...summary,
  }
}
