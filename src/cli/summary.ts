import type { ChangeSummary, GuidedState, Summary } from '../model/events.ts'
import type { Finding, Plan } from '../model/plan.ts'
import type { RunOutcome, VerifyOutcome } from '../model/words.ts'

/** The summary of a command that got nowhere near a tenant. */
export function emptySummary(command: string, outcome: Summary['outcome'], exitCode: number): Summary {
  return {
    type: 'summary',
    command,
    outcome,
    exitCode,
    tenant: null,
    platform: null,
    regions: [],
    planHash: null,
    runId: null,
    changes: [],
    lookalikes: [],
    leftovers: [],
    blockers: [],
    guided: [],
    resumeAfter: null,
    next: [],
  }
}

function finding({ id, kind, name, reason }: Finding): Finding {
  return { id, kind, name, reason }
}

export interface SummaryInput {
  readonly command: string
  readonly plan: Plan
  readonly outcome: RunOutcome | VerifyOutcome
  readonly exitCode: number
  readonly runId?: string
  readonly changes?: readonly ChangeSummary[]
  readonly guided?: readonly GuidedState[]
  readonly lookalikes?: readonly Finding[]
  readonly leftovers?: readonly Finding[]
  readonly resumeAfter?: Date
  readonly next: readonly string[]
  readonly error?: NonNullable<Summary['error']>
}

/** The summary of a command on one tenant. What is not given is as the plan has it. */
export function summarise(input: SummaryInput): Summary {
  const { plan, error } = input
  const planned = plan.changes.map(({ id, step, kind, name }) => ({
    id,
    step,
    kind,
    name,
    outcome: 'planned' as const,
  }))
  const kept = plan.kept.map(({ id, step, kind, name, lost }) => ({
    id,
    step,
    kind,
    name,
    outcome: lost ? ('action-required' as const) : ('kept' as const),
  }))
  const guided = input.guided ?? plan.guided.map((step) => ({ ...step, outcome: 'planned' as const }))
  return {
    ...emptySummary(input.command, input.outcome, input.exitCode),
    tenant: plan.tenant.name,
    platform: plan.platform,
    regions: plan.regions,
    planHash: plan.hash,
    runId: input.runId ?? null,
    changes: [...(input.changes ?? planned), ...kept],
    lookalikes: (input.lookalikes ?? plan.lookalikes).map(finding),
    leftovers: (input.leftovers ?? plan.leftovers).map(finding),
    blockers: plan.blockers.filter((blocker) => !blocker.waived).map(finding),
    guided: guided.map(({ id, optional, outcome }) => ({ id, optional, outcome })),
    resumeAfter: input.resumeAfter?.toISOString() ?? null,
    next: input.next,
    ...(error === undefined ? {} : { error }),
  }
}
