import type { Environment } from '../../config/environment.ts'
import { UsageError } from '../../model/errors.ts'
import { fold } from '../../model/name.ts'
import type { Plan } from '../../model/plan.ts'
import { quote } from '../../report/quote.ts'
import { planTenant } from '../../run/plan-tenant.ts'
import type { Context, Input } from '../command.ts'
import { followPlan } from '../flow.ts'
import { stateFlags } from '../next.ts'
import { type Options, parseOptions } from '../parse.ts'
import { assertFresh, readPlanFile } from '../plan-file.ts'
import { type Assignment, assignmentOf } from '../session.ts'
import { settingsOf } from '../settings.ts'
import { withSession } from '../with-session.ts'

/** What a plan file decides, and how an option that is given besides is compared with it. */
const decidedByPlan: readonly (readonly [string, (options: Options) => unknown, (plan: Plan) => unknown])[] =
  [
    ['--platform', ({ platform }) => platform, ({ platform }) => platform],
    ['--region', ({ region }) => region?.toSorted().join(), ({ regions }) => regions.toSorted().join()],
    ['--include', ({ include }) => listed(include), ({ decisions }) => listed(decisions.include)],
    ['--exclude', ({ exclude }) => listed(exclude), ({ decisions }) => listed(decisions.exclude)],
    ['--allow', ({ allow }) => listed(allow), ({ decisions }) => listed(decisions.allow)],
    ['--drain', ({ drain }) => drain, ({ decisions }) => decisions.drainMs],
    ['--drain-max', ({ drainMax }) => drainMax, ({ decisions }) => decisions.drainMaxMs],
  ]

function listed(ids: readonly string[]): string | undefined {
  return ids.length === 0 ? undefined : ids.map(fold).toSorted().join('\n')
}

function refuseDifferent(options: Options, plan: Plan, file: string): void {
  for (const [option, given, planned] of decidedByPlan) {
    const value = given(options)
    if (value === undefined || value === planned(plan)) continue
    throw new UsageError({
      tried: `read ${file}`,
      said: `the plan was made with another ${option}`,
      hint: `Leave ${option} out, or make a new plan with it.`,
    })
  }
}

function sameTenant(plan: Plan, filed: Plan | undefined): Plan {
  if (filed === undefined || filed.tenant.guid === plan.tenant.guid) return plan
  throw new UsageError({
    tried: `carry out the plan for ${filed.tenant.name}`,
    said: `--tenant is ${plan.tenant.name} (${plan.tenant.guid})`,
    hint: 'Leave --tenant out, or make a new plan for that tenant.',
  })
}

function fromPlan(plan: Plan, options: Options, environment: Environment): Assignment {
  const given = assignmentOf(
    {
      ...options,
      platform: plan.platform,
      region: plan.regions,
      drain: undefined,
      drainMax: undefined,
      tenant: options.tenant ?? plan.tenant.guid,
    },
    environment,
  )
  return { ...given, decisions: plan.decisions }
}

function commandLine(options: Options): string {
  const words = [
    'offboard run',
    `--platform ${options.platform}`,
    `--region ${options.region?.join(',')}`,
    ...(options.tenant === undefined ? [] : [`--tenant ${options.tenant}`]),
    ...options.include.map((id) => `--include ${quote(id)}`),
    ...options.exclude.map((id) => `--exclude ${quote(id)}`),
    ...options.allow.map((id) => `--allow ${quote(id)}`),
  ]
  return `${words.join(' ')}${stateFlags(options)}`
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
    return followPlan({
      command,
      options,
      context,
      session,
      steps: session.platform.steps,
      dryRun,
      filed,
      settings: settingsOf(options, session.assignment),
      commandLine: commandLine(options),
      makePlan: async () => sameTenant(await planTenant(desk), filed),
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
