import { RefusedError, UsageError } from '../model/errors.ts'
import type { Footprint } from '../model/footprint.ts'
import type { Journal, Lease, RunRecord } from '../model/journal.ts'
import type { JsonObject } from '../model/json.ts'
import type { ApprovedPlan } from '../model/plan.ts'
import { footprintMark } from '../plan/build.ts'
import { carryOut, type RunResult, type WritingDesk } from './carry-out.ts'

async function withLease<T>(
  journal: Journal,
  tenant: string,
  work: (lease: Lease) => Promise<T>,
): Promise<T> {
  const lease = await journal.lease(tenant)
  try {
    return await work(lease)
  } finally {
    await lease.release()
  }
}

/** Throws a RefusedError when a run on the tenant is open: it is resumed or abandoned first. */
async function assertNoOpenRun(journal: Journal, tenant: string): Promise<void> {
  const [open] = await journal.runs({ tenant, state: 'open' })
  if (open === undefined) return
  throw new RefusedError({
    tried: `start a run on ${open.plan.tenant.name}`,
    said: `run ${open.id} on this tenant is still open (${open.outcome ?? 'it was cut off'})`,
    hint: `Go on with "offboard resume ${open.id}", or close it as it is with "offboard abandon ${open.id}".`,
  })
}

/** Throws a RefusedError when somebody works on the tenant, which it names, or when a run on it is open. */
export function assertFree(journal: Journal, tenant: string): Promise<void> {
  return withLease(journal, tenant, () => assertNoOpenRun(journal, tenant))
}

/** Starts a run under an approved plan. Only one run at a time works on a tenant. */
export async function startRun(
  desk: WritingDesk,
  approved: ApprovedPlan,
  settings: JsonObject,
): Promise<{ run: RunRecord; result: RunResult }> {
  const { journal } = desk
  const { plan, approval } = approved
  return withLease(journal, plan.tenant.guid, async (lease) => {
    await assertNoOpenRun(journal, plan.tenant.guid)
    const run = await journal.begin({ plan, approval, settings })
    desk.emit({ type: 'run', runId: run.id, resumed: false })
    return { run, result: await carryOut(desk, run, lease) }
  })
}

/** Finds the run to resume: the one named, or the one that is open. Throws a UsageError with the list otherwise. */
export async function runToResume(journal: Journal, id: string | undefined): Promise<RunRecord> {
  if (id !== undefined) return knownRun(journal, id)
  const open = await journal.runs({ state: 'open' })
  const [only, ...more] = open
  if (only !== undefined && more.length === 0) return only
  throw new UsageError({
    tried: 'resume',
    said: only === undefined ? 'no run is open' : `${open.length} runs are open`,
    hint:
      only === undefined
        ? 'See "offboard history".'
        : `Name one: ${open.map((run) => `${run.id} (${run.plan.tenant.name})`).join(', ')}.`,
  })
}

export async function knownRun(journal: Journal, id: string): Promise<RunRecord> {
  const run = await journal.run(id)
  if (run !== undefined) return run
  const runs = await journal.runs()
  const known = runs.slice(-5).map((other) => other.id)
  throw new UsageError({
    tried: `find run ${id}`,
    said: 'there is no such run in this journal',
    hint:
      known.length === 0 ? 'The journal is empty: check --state-dir.' : `The latest are ${known.join(', ')}.`,
  })
}

/** An open run goes on with the footprint that its plan was made with, or not at all. */
function assertResumable({ id, state, plan }: RunRecord, footprint: Footprint): void {
  const tried = `resume run ${id}`
  if (state === 'abandoned')
    throw new RefusedError({
      tried,
      said: 'it was abandoned',
      hint: 'Start a new run; what it would find is what is left.',
    })
  if (state !== 'open' || plan.purpose === 'restore' || footprintMark(footprint) === plan.footprint) return
  throw new RefusedError({
    tried,
    said: `its plan was made with the footprint ${plan.footprint}, and this is ${footprintMark(footprint)}`,
    hint: `Resume it with version ${plan.tool} of this program, or close it with "offboard abandon ${id}" and make a new plan.`,
  })
}

/** Goes on with a run, or checks one that has ended once more. */
export async function resumeRun(desk: WritingDesk, run: RunRecord): Promise<RunResult> {
  return withLease(desk.journal, run.plan.tenant.guid, async (lease) => {
    const current = await knownRun(desk.journal, run.id)
    assertResumable(current, desk.footprint)
    desk.emit({ type: 'run', runId: run.id, resumed: true })
    return carryOut(desk, current, lease)
  })
}

/** Closes a run as it is. Nothing in the tenant is changed. */
export async function abandonRun(journal: Journal, run: RunRecord, by: string): Promise<void> {
  if (run.state === 'abandoned') return
  await withLease(journal, run.plan.tenant.guid, async () => {
    await journal.append(run.id, [{ subject: 'run', event: 'note', data: { abandoned: true, by } }])
    await journal.mark(run.id, 'abandoned', run.outcome)
  })
}
