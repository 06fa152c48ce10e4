import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Clock } from '../../../src/model/clock.ts'
import { ThrottledError } from '../../../src/model/errors.ts'
import { createPace } from './pace.ts'

/** A clock that stands, and goes on while somebody sleeps. */
function standingClock(): Clock {
  let now = 0
  return {
    now: () => new Date(now),
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      now += ms
    },
  }
}

const { signal } = new AbortController()

describe('a pace', () => {
  it('keeps all requests apart, however many come at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 5000 }),
        async (count, apartMs) => {
          const clock = standingClock()
          const pace = createPace({ clock, signal, apartMs })
          const at = await Promise.all(
            Array.from({ length: count }, () => pace(async () => clock.now().getTime())),
          )
          expect(at).toEqual(at.map((_, index) => index * apartMs))
        },
      ),
      { numRuns: 50 },
    )
  })

  it('holds all of them back when one is refused', async () => {
    const clock = standingClock()
    const pace = createPace({ clock, signal, apartMs: 1000 })
    const refusal = new ThrottledError({ tried: 'x', retryAfterMs: 30_000 })
    await expect(pace(() => Promise.reject(refusal))).rejects.toBe(refusal)
    expect(await pace(async () => clock.now().getTime())).toBe(30_000)
  })

  it('ends with the signal, and goes on for whoever comes with another', async () => {
    const stop = new AbortController()
    const clock = standingClock()
    const pace = createPace({ clock, signal: stop.signal, apartMs: 1000 })
    await pace(async () => 1)
    stop.abort(new Error('stopped'))
    await expect(pace(async () => 2)).rejects.toThrow('stopped')
  })
})
