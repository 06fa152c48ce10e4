import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../../../src/model/clock.ts'

/** A clock that tests move. */
export interface QuickClock extends Clock {
  pass(ms: number): void
}

/** In which a zone reaches a secondary that is told of it. */
const longestMs = 50

/** A sleep moves it forward, and lasts only as long as name servers need to tell one another what is new. */
export function quickClock(): QuickClock {
  let offsetMs = 0
  return {
    now: () => new Date(Date.now() + offsetMs),
    pass: (ms) => {
      offsetMs += ms
    },
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      const reallyMs = Math.min(ms, longestMs)
      await sleep(reallyMs)
      offsetMs += Math.max(0, ms - reallyMs)
      signal?.throwIfAborted()
    },
  }
}
