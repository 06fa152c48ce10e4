import { RefusedError, UsageError } from '../../model/errors.ts'
import type { RunRecord } from '../../model/journal.ts'
import { quote } from '../../report/quote.ts'
import { knownRun } from '../../run/lifecycle.ts'
import { planRestore } from '../../run/plan-tenant.ts'
import type { Context, Input } from '../command.ts'
import { followPlan } from '../flow.ts'
import { stateFlags } from '../next.ts'
import { onRun } from '../on-run.ts'
import type { Options } from '../parse.ts'
import { assertFresh, readPlanFile } from '../plan-file.ts'
import { settingsOf } from '../settings.ts'

/** A restore is undone by taking the tenant off again, with a plan of its own. */
function refuseRestore({ id, plan }: RunRecord): void {
  if (plan.purpose !== 'restore') return
  throw new UsageError({
    tried: `restore run ${id}`,
    said: `it is itself a restore, of run ${plan.restores}`,
    hint: `Name the run whose changes are put back: ${plan.restores}. To take the tenant off again, use "offboard run".`,
  })
}

function refuseOpen(run: RunRecord): void {
  if (run.state !== 'open') return
  throw new RefusedError({
    tried: `restore run ${run.id}`,
    said: 'it is still open',
    hint: `Finish it with "offboard resume ${run.id}", or close it as it is with "offboard abandon ${run.id}".`,
  })
}

function commandLine(run: RunRecord, options: Options): string {
  const only = options.only.map((id) => ` --only ${quote(id)}`).join('')
  return `offboard restore ${run.id}${only}${options.enableRedirect ? ' --enable-redirect' : ''}${stateFlags(options)}`
}

/** `restore`: put back what a run changed, in a run of its own. */
export function handleRestore(input: Input, context: Context): Promise<number> {
  return onRun(
    'restore',
    input,
    context,
    (journal) => knownRun(journal, input.arguments[0] ?? ''),
    async ({ run, session, journal, options }) => {
      refuseRestore(run)
      refuseOpen(run)
      const filed = options.plan === undefined ? undefined : readPlanFile(options.plan, context.cwd)
      if (filed !== undefined) assertFresh(filed, options.planMaxAge, session.clock.now())
      const desk = await session.readingDesk()
      return followPlan({
        command: 'restore',
        options,
        context,
        session,
        steps: session.platform.restore.steps,
        dryRun: options.dryRun,
        filed,
        settings: settingsOf(options, session.assignment),
        commandLine: commandLine(run, options),
        makePlan: () =>
          planRestore(desk, journal, run, { only: options.only, enableRedirect: options.enableRedirect }),
      })
    },
  )
}
