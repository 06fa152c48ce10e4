import type { SystemReader } from '../model/adapter.ts'
import type { Clock } from '../model/clock.ts'
import { InterruptedError, OffboardError, RefusedError } from '../model/errors.ts'
import type { SurveyRead } from '../model/platform.ts'
import type { TenantObject } from '../model/resource.ts'
import type { Read, Survey } from '../model/survey.ts'
import type { TenantIdentity } from '../model/tenant.ts'
import type { SystemId } from '../model/words.ts'

export type Readers = ReadonlyMap<SystemId, SystemReader>

function list(readers: Readers, { system, kind }: SurveyRead): Promise<readonly TenantObject[]> {
  const reader = readers.get(system)
  const source = reader?.resources.get(kind) ?? reader?.sources.get(kind)
  return source === undefined ? Promise.resolve([]) : source.list()
}

/** A read that fails is part of the survey; a wrong tenant or an interrupt ends it. */
async function attemptRead(readers: Readers, read: SurveyRead): Promise<Read<readonly TenantObject[]>> {
  try {
    return { ok: true, value: await list(readers, read) }
  } catch (error) {
    const isReadFailure = error instanceof OffboardError
    if (!isReadFailure || error instanceof RefusedError || error instanceof InterruptedError) throw error
    return { ok: false, reason: error.said ?? error.message }
  }
}

/** Reads all that the steps need, in parallel, and who we are connected to. */
export async function takeSurvey(
  readers: Readers,
  reads: readonly SurveyRead[],
  identity: Promise<TenantIdentity>,
  clock: Clock,
): Promise<Survey> {
  const takenAt = clock.now().toISOString()
  const [tenant, ...answers] = await Promise.all([
    identity,
    ...reads.map(async (read) => [read.kind, await attemptRead(readers, read)] as const),
  ])
  return { takenAt, tenant, objects: new Map(answers) }
}
