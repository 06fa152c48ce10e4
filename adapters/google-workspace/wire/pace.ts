import type { Clock } from '../../../src/model/clock.ts'
import { ThrottledError } from '../../../src/model/errors.ts'

/** Lets requests begin one after the other, at least so long apart. */
export type Pace = <T>(request: () => Promise<T>) => Promise<T>

/**
 * The Policy API refuses calls that follow faster than about one a second; its quota is not published. Seen in
 * https://github.com/cisagov/ScubaGoggles/blob/main/scubagoggles/policy_api.py, as is the wait after a refusal.
 */
export const policyPace = { apartMs: 1_100, afterRefusalMs: 30_000 }

interface PaceOptions {
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly apartMs: number
}

/** A refusal holds back all that wait, not only the one that met it. */
export function createPace({ clock, signal, apartMs }: PaceOptions): Pace {
  let turn: Promise<void> = Promise.resolve()
  let earliest = 0

  async function wait(): Promise<void> {
    const now = clock.now().getTime()
    if (earliest > now) await clock.sleep(earliest - now, signal)
    earliest = clock.now().getTime() + apartMs
  }

  return async (request) => {
    const mine = turn.then(wait)
    // A turn that was interrupted does not hold up the next.
    turn = mine.catch(() => {})
    await mine
    try {
      return await request()
    } catch (error) {
      if (error instanceof ThrottledError)
        earliest = Math.max(earliest, clock.now().getTime() + (error.retryAfterMs ?? apartMs))
      throw error
    }
  }
}

/** For APIs whose quota is far away. */
export const unpaced: Pace = (request) => request()
