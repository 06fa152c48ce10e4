import * as z from 'zod'
import type { Clock } from '../../../../src/model/clock.ts'
import { OffboardError, ServiceError } from '../../../../src/model/errors.ts'
import type { Call } from './client.ts'
import { parsed } from './pages.ts'

const changeSchema = z.looseObject({ id: z.string(), status: z.string() })
type Change = z.infer<typeof changeSchema>

export interface FollowOptions {
  readonly call: Call
  readonly project: string
  readonly managedZone: string
  readonly clock: Clock
  readonly signal: AbortSignal
}

/** Waits between looks at a change, in milliseconds: about two minutes in all. Most are done within seconds. */
const waitsMs = [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]

async function look(change: Change, options: FollowOptions, tried: string): Promise<Change> {
  const { call, project, managedZone } = options
  const asked = { project, managedZone, changeId: change.id }
  const answer = await call(tried, ({ changes }, sent) => changes.get(asked, sent))
  return parsed(changeSchema, answer, tried)
}

/** The change was taken: whatever fails while it is followed leaves open what came of it. */
function unknown(tried: string, error: unknown): ServiceError {
  if (!(error instanceof OffboardError)) return new ServiceError({ tried, said: 'interrupted', cause: error })
  return new ServiceError({ tried, said: error.said ?? error.message, cause: error })
}

/** Follows a change until Cloud DNS has it done. Throws a ServiceError when it is still pending after two minutes. */
export async function followChange(answer: unknown, options: FollowOptions, made: string): Promise<void> {
  const tried = `${made}, and see the change through`
  const { clock, signal } = options
  let change = parsed(changeSchema, answer, made)
  try {
    for (const wait of waitsMs) {
      if (change.status === 'done') return
      await clock.sleep(wait, signal)
      change = await look(change, options, tried)
    }
  } catch (error) {
    throw unknown(tried, error)
  }
  if (change.status === 'done') return
  throw new ServiceError({ tried, said: `the change ${change.id} is still ${change.status}` })
}
