import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../../../src/model/clock.ts'

/** A clock that tests move. */
export interface QuickClock extends Clock {
  pass(ms: number): void
}

/** How long a sleep really lasts, in milliseconds: name servers need a moment to tell one another what is new. */
function really(ms: number): number {
  return Math.min(ms, 40 + ms / 40, 250)
}

/** A sleep moves it forward, and lasts a small part of what it says. */
export function quickClock(): QuickClock {
  let offsetMs = 0
  return {
    now: () => new Date(Date.now() + offsetMs),
    pass: (ms) => {
      offsetMs += ms
    },
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      const reallyMs = really(ms)
      await sleep(reallyMs)
      offsetMs += Math.max(0, ms - reallyMs)
      signal?.throwIfAborted()
    },
  }
}
