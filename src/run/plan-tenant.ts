import type { Clock } from '../model/clock.ts'
import { UsageError } from '../model/errors.ts'
import type { Footprint } from '../model/footprint.ts'
import type { Journal, RunRecord } from '../model/journal.ts'
import type { Decisions, Plan } from '../model/plan.ts'
import type { Platform } from '../model/platform.ts'
import type { RegionId } from '../model/words.ts'
import { buildPlan } from '../plan/build.ts'
import { matchingIds } from '../plan/identify.ts'
import { buildRestorePlan } from '../plan/restore.ts'
import { describeFrom } from './describe.ts'
import { identityOf } from './identity.ts'
import { lifeOf, livesOf } from './life.ts'
import { type Readers, takeSurvey } from './survey.ts'

/** What making a plan works with. There is nothing in it that could write to a tenant. */
export interface ReadingDesk {
  readonly platform: Platform
  readonly footprint: Footprint
  readonly regions: readonly RegionId[]
  readonly decisions: Decisions
  readonly clock: Clock
  /** Version of this program. */
  readonly tool: string
  readonly readers: Readers
}

/** Reads the tenant and makes the plan. */
export async function planTenant(desk: ReadingDesk): Promise<Plan> {
  const { platform, readers, clock } = desk
  const survey = await takeSurvey(readers, platform.reads, identityOf(readers), clock)
  return buildPlan({ ...desk, survey, describe: describeFrom(readers), ordered: platform.ordered })
}

/** Changes of a run that took place or may have, as far as `only` asks for them. */
async function madeChanges(journal: Journal, run: RunRecord, only: readonly string[]) {
  const lives = livesOf(await journal.entries(run.id))
  const made = run.plan.changes.filter(({ id }) => {
    const life = lifeOf(lives, id)
    return life.intended && life.outcome !== 'absent'
  })
  if (only.length === 0) return made
  const ids = made.map((change) => change.id)
  const unknown = only.find((text) => matchingIds(text, ids).length === 0)
  if (unknown !== undefined)
    throw new UsageError({
      tried: `restore --only "${unknown}"`,
      said: `run ${run.id} made no such change`,
      hint: `It made: ${ids.join(', ') || 'none'}.`,
    })
  const chosen = new Set(only.flatMap((text) => matchingIds(text, ids)))
  return made.filter(({ id }) => chosen.has(id))
}

/** Reads the tenant and makes the plan that puts back what a run changed. */
export async function planRestore(
  desk: ReadingDesk,
  journal: Journal,
  run: RunRecord,
  options: { readonly only: readonly string[]; readonly enableRedirect: boolean },
): Promise<Plan> {
  const { platform, readers, clock } = desk
  const procedure = platform.restore
  const made = await madeChanges(journal, run, options.only)
  const touched = new Set(made.map(({ system }) => system))
  const reads = procedure.reads.filter(({ system }) => touched.has(system))
  const survey = await takeSurvey(readers, reads, identityOf(readers), clock)
  return buildRestorePlan({
    run,
    made,
    procedure,
    survey,
    describe: describeFrom(readers),
    enableRedirect: options.enableRedirect,
    decisions: desk.decisions,
    tool: desk.tool,
  })
}
