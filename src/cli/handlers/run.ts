import type { Environment } from '../../config/environment.ts'
import type { Plan } from '../../model/plan.ts'
import { planTenant } from '../../run/plan-tenant.ts'
import { type Assignment, assignmentOf } from '../assignment.ts'
import type { Context, Input } from '../command.ts'
import { followPlan } from '../flow.ts'
import { mxOptionsOf } from '../mx-decisions.ts'
import { runCommand } from '../next.ts'
import { type Options, parseOptions } from '../parse.ts'
import { assertFresh, readPlanFile } from '../plan-file.ts'
import { refuseDifferent, refuseOtherFootprint, refuseOtherTenant } from '../plan-options.ts'
import { settingsOf } from '../settings.ts'
import { withSession } from '../with-session.ts'

function fromPlan(plan: Plan, options: Options, environment: Environment): Assignment {
  const given = assignmentOf(
    {
      ...options,
      platform: plan.platform,
      region: plan.regions,
      drain: undefined,
      drainMax: undefined,
      effectWait: undefined,
      tenant: plan.tenant.guid,
      ...mxOptionsOf(plan),
    },
    environment,
  )
  refuseOtherFootprint(given.additions, plan, options.plan ?? '')
  return { ...given, decisions: plan.decisions }
}

async function run(command: string, input: Input, context: Context, alwaysDry: boolean): Promise<number> {
  const options = parseOptions(input)
  const dryRun = alwaysDry || options.dryRun
  const filed = options.plan === undefined ? undefined : readPlanFile(options.plan, context.cwd)
  if (filed !== undefined) refuseDifferent(options, filed, options.plan ?? '')
  const choose = (environment: Environment) =>
    filed === undefined ? assignmentOf(options, environment) : fromPlan(filed, options, environment)
  return withSession({ command, options, context, choose, writes: !dryRun }, async (session) => {
    if (filed !== undefined) assertFresh(filed, options.planMaxAge, session.clock.now())
    const desk = await session.readingDesk()
    if (filed !== undefined) await refuseOtherTenant(options, filed, desk.readers)
    return followPlan({
      command,
      options,
      context,
      session,
      steps: session.platform.steps,
      dryRun,
      filed,
      settings: settingsOf(options, session.assignment),
      commandLine: runCommand(options),
      makePlan: () => planTenant(desk),
    })
  })
}

/** `run`: take a tenant off. */
export function handleRun(input: Input, context: Context): Promise<number> {
  return run('run', input, context, false)
}

/** `plan`: the same, and stop after the plan. */
export function handlePlan(input: Input, context: Context): Promise<number> {
  return run('plan', input, context, true)
}
