import type { Clock } from '../model/clock.ts'
import { ServiceError } from '../model/errors.ts'
import type { SandboxControl } from './control/client.ts'

const pollMs = 200

function nap(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort)
      resolve()
    }, ms)
    function abort(): void {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', abort, { once: true })
  })
}

interface Follower {
  now(): Date
  /** Asks the sandbox. One that is away for a moment keeps the offset that it had. */
  refresh(): Promise<void>
}

async function follow(control: SandboxControl): Promise<Follower> {
  let { offsetMs } = await control.time()
  return {
    now: () => new Date(Date.now() + offsetMs),
    async refresh() {
      try {
        offsetMs = (await control.time()).offsetMs
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error
      }
    },
  }
}

/**
 * The sandbox's clock: as fast as the machine's, and a sleep ends at once when somebody moves it forward. Throws a
 * ServiceError when the sandbox does not answer at the start.
 */
export async function sandboxClock(control: SandboxControl): Promise<Clock> {
  const { now, refresh } = await follow(control)
  return {
    now,
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      const end = now().getTime() + ms
      for (let left = ms; left > 0; left = end - now().getTime()) {
        await nap(Math.min(left, pollMs), signal)
        await refresh()
        signal?.throwIfAborted()
      }
    },
  }
}

/** For tests: the sandbox's clock, where a sleep moves it forward instead of waiting. */
export async function advancingClock(control: SandboxControl): Promise<Clock> {
  const { now, refresh } = await follow(control)
  return {
    now,
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      await control.clock(Math.max(0, ms))
      await refresh()
      signal?.throwIfAborted()
    },
  }
}
