import { UsageError } from '../model/errors.ts'
import type { RunRecord } from '../model/journal.ts'
import type { JsonObject } from '../model/json.ts'
import type { Plan } from '../model/plan.ts'
import type { Step } from '../model/platform.ts'
import type { RunOutcome } from '../model/words.ts'
import { blockingReads, missingReads, openBlockers } from '../plan/guard.ts'
import type { RunResult } from '../run/carry-out.ts'
import { assertFree, startRun } from '../run/lifecycle.ts'
import { askApproval } from './approval.ts'
import type { Context } from './command.ts'
import { changesExitCode, exitCodeOfError, exitCodes, outcomeOfError } from './exit-codes.ts'
import { told } from './failure.ts'
import { findKeptPlan, keepPlan } from './kept-plans.ts'
import { saveAttachments } from './letters.ts'
import { mxOptionsOf } from './mx-decisions.ts'
import { doctorCommandLine, planCommand, runCommand, stateFlags } from './next.ts'
import type { Options } from './parse.ts'
import { writePlanFile } from './plan-file.ts'
import type { Session } from './session.ts'
import { withJournal } from './state.ts'
import { summarise } from './summary.ts'

/** One plan, made, shown and perhaps carried out: what `run` and `restore` have in common. */
export interface Flow {
  readonly command: string
  readonly options: Options
  readonly context: Context
  readonly session: Session
  readonly steps: readonly Step[]
  readonly dryRun: boolean
  /** The plan of `--plan FILE`. */
  readonly filed: Plan | undefined
  /** What `resume` takes over. */
  readonly settings: JsonObject
  /** The command line without approval, for the next command that is shown. */
  readonly commandLine: string
  makePlan(): Promise<Plan>
}

function dryOutcome(plan: Plan): RunOutcome {
  if (openBlockers(plan).length > 0) return 'refused'
  return missingReads(plan).length > 0 ? 'unverified' : 'planned'
}

function dryNext(
  { commandLine, options, context }: Flow,
  plan: Plan,
  outcome: RunOutcome,
): readonly string[] {
  if (outcome === 'unverified') return [doctorCommandLine(options)]
  if (outcome === 'refused') return []
  if (options.output !== undefined) return [planCommand(options.output, options)]
  return [`${commandLine}${context.isTerminal ? '' : ` --plan-hash ${plan.hash}`}`]
}

async function endDry(flow: Flow, plan: Plan): Promise<number> {
  const { options, session, context, command } = flow
  if (options.output !== undefined) await writePlanFile(plan, options.output, context.cwd)
  await keepPlan(plan, session.stateDir)
  const outcome = dryOutcome(plan)
  const changed = options.detailedExitcode && outcome === 'planned' && plan.changes.length > 0
  const exitCode = changed ? changesExitCode : exitCodes[outcome]
  session.output.listener(summarise({ command, plan, outcome, exitCode, next: dryNext(flow, plan, outcome) }))
  return exitCode
}

/**
 * The command of a new run that decides about the lookalikes: each is kept, until you write --include for it. What
 * was decided in this run is decided there too.
 */
function decidingRun(
  { platform, regions, tenant, decisions }: Plan,
  result: RunResult,
  options: Options,
): string {
  const undecided = result.lookalikes.filter(({ decision }) => decision === 'undecided')
  return runCommand({
    ...options,
    platform,
    region: regions,
    tenant: options.sandbox ? undefined : tenant.guid,
    include: [...decisions.include],
    exclude: [...decisions.exclude, ...undecided.map(({ id }) => id)],
    allow: [...decisions.allow],
    ...mxOptionsOf({ decisions }),
  })
}

/** What to type next, as the run was left. */
function nextCommands(
  run: Pick<RunRecord, 'id' | 'plan'>,
  result: RunResult,
  options: Options,
): readonly string[] {
  const flags = stateFlags(options)
  const resume = `offboard resume ${run.id}${flags}`
  if (result.outcome === 'done') return []
  if (result.outcome === 'unverified') return [`offboard verify ${run.id}${flags}`]
  if (result.outcome !== 'action-required') return [resume]
  const open = result.guided.filter((step) => step.outcome === 'action-required' && step.locked.length === 0)
  const confirm = open
    .filter((step) => !step.optional)
    .map((step) => `offboard confirm ${run.id} ${step.id} --by NAME${flags}`)
  const undecided = result.lookalikes.some(({ decision }) => decision === 'undecided')
  if (run.plan.kept.some(({ lost }) => lost)) return [`offboard show ${run.plan.restores} --json${flags}`]
  // While a change is still to be made the run is open, and no other may begin.
  const isOpen = result.changes.some(({ outcome }) => outcome === 'planned')
  return [...confirm, undecided && !isOpen ? decidingRun(run.plan, result, options) : resume]
}

/** Reports how a run was left, and answers the exit code. */
export async function endRun(
  command: string,
  run: Pick<RunRecord, 'id' | 'plan'>,
  result: RunResult,
  options: Options,
  session: Pick<Session, 'output' | 'stateDir'>,
): Promise<number> {
  await saveAttachments(result.guided, run.id, session.stateDir, session.output.listener)
  const exitCode = result.error === undefined ? exitCodes[result.outcome] : exitCodeOfError(result.error)
  session.output.listener(
    summarise({
      command,
      plan: run.plan,
      outcome: result.outcome,
      exitCode,
      runId: run.id,
      changes: result.changes,
      guided: result.guided,
      lookalikes: result.lookalikes,
      leftovers: [...result.leftovers, ...result.cameBack],
      next: nextCommands(run, result, options),
      ...(result.waitingUntil === undefined ? {} : { resumeAfter: result.waitingUntil }),
      ...(result.error === undefined ? {} : { error: told(result.error) }),
    }),
  )
  return exitCode
}

/** The plan that was approved before: of the file, or kept from the dry run with that hash. */
async function approvedPlan({ filed, options, session }: Flow): Promise<Plan | undefined> {
  if (filed !== undefined || options.planHash === undefined) return filed
  return findKeptPlan(options.planHash, session.stateDir)
}

async function carryOutFlow(flow: Flow, plan: Plan): Promise<number> {
  const { session, options, context, command, steps } = flow
  if (blockingReads(plan).length > 0) {
    const next = [doctorCommandLine(options)]
    session.output.listener(
      summarise({ command, plan, outcome: 'unverified', exitCode: exitCodes.unverified, next }),
    )
    return exitCodes.unverified
  }
  return withJournal(session.stateDir, session.clock, async (journal) => {
    await assertFree(journal, plan.tenant.guid)
    const approved = await askApproval({
      plan,
      approvedPlan: await approvedPlan(flow),
      options,
      context,
      now: () => session.clock.now(),
      again: flow.makePlan,
    })
    const { run, result } = await startRun(session.writingDesk(journal, steps), approved, flow.settings)
    return endRun(command, run, result, options, session)
  })
}

function refuseUnused({ options, dryRun }: Flow): void {
  const approving = options.plan !== undefined || options.planHash !== undefined || options.yes
  if (dryRun && approving)
    throw new UsageError({
      tried: 'read the options',
      said: 'a dry run needs no approval',
      hint: 'Leave out --dry-run, or --plan, --plan-hash and --yes.',
    })
  if (options.output !== undefined && !dryRun)
    throw new UsageError({
      tried: 'read the options',
      said: '-o keeps the plan of a dry run',
      hint: 'Add --dry-run.',
    })
}

/** Makes the plan and shows it; unless it is a dry run, has it approved and carries it out. Answers the exit code. */
export async function followPlan(flow: Flow): Promise<number> {
  refuseUnused(flow)
  const plan = await flow.makePlan()
  flow.session.output.listener({ type: 'plan', plan, resumed: false })
  try {
    return flow.dryRun ? await endDry(flow, plan) : await carryOutFlow(flow, plan)
  } catch (error) {
    const exitCode = exitCodeOfError(error)
    flow.session.output.listener(
      summarise({
        command: flow.command,
        plan,
        outcome: outcomeOfError(error),
        exitCode,
        next: [],
        error: told(error),
      }),
    )
    return exitCode
  }
}
