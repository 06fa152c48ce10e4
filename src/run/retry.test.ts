import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Clock } from '../model/clock.ts'
import { PermissionError, ServiceError, ThrottledError } from '../model/errors.ts'
import { type AttemptOptions, createAttempt, type RetryInfo, waits } from './retry.ts'

const throttled = (retryAfterMs?: number) =>
  new ThrottledError({ tried: 'list the rules', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) })
const failed = () => new ServiceError({ tried: 'list the rules', said: '503' })

/** A clock on which time passes only by sleeping. */
function fakeClock() {
  const slept: number[] = []
  let now = Date.UTC(2026, 10, 24)
  const clock: Clock = {
    now: () => new Date(now),
    sleep: async (ms, signal) => {
      signal?.throwIfAborted()
      slept.push(ms)
      now += ms
    },
  }
  return { clock, slept }
}

/** A request that answers with each outcome in turn, then with 'answer'. */
function requestOf(outcomes: readonly Error[]) {
  const sent: number[] = []
  const request = async () => {
    const outcome = outcomes[sent.length]
    sent.push(sent.length)
    if (outcome !== undefined) throw outcome
    return 'answer'
  }
  return { request, sent }
}

function setUp(outcomes: readonly Error[], options: Partial<AttemptOptions> = {}) {
  const { clock, slept } = fakeClock()
  const { request, sent } = requestOf(outcomes)
  const attempt = createAttempt({ clock, signal: new AbortController().signal, ...options })
  return { attempt, request, sent, slept }
}

const transient = fc.oneof(
  fc.constant('failed' as const),
  fc.record({ retryAfterMs: fc.option(fc.nat(400_000), { nil: undefined }) }),
)
const outcomes = fc.array(transient, { maxLength: 12 })
const toError = (outcome: 'failed' | { retryAfterMs: number | undefined }) =>
  outcome === 'failed' ? failed() : throttled(outcome.retryAfterMs)
const settings = fc.record({
  attempts: fc.integer({ min: 1, max: 8 }),
  baseMs: fc.integer({ min: 1, max: 5000 }),
  maxDelayMs: fc.integer({ min: 1, max: 60_000 }),
  totalMs: fc.nat(400_000),
})
const jitter = fc.double({ min: 0, max: 1, noNaN: true })
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

describe('a law of every attempt:', () => {
  test('a request is never sent more often than allowed, nor waited for longer', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('read' as const, 'write' as const),
        outcomes,
        settings,
        jitter,
        async (effect, list, policy, chance) => {
          const run = setUp(list.map(toError), { ...policy, random: () => chance })
          await run.attempt(effect, run.request).catch(() => undefined)
          expect(run.sent.length).toBeLessThanOrEqual(policy.attempts)
          expect(run.slept.length).toBe(run.sent.length - 1)
          expect(sum(run.slept)).toBeLessThanOrEqual(policy.totalMs + 1e-6)
        },
      ),
    )
  })

  test('a wait is never shorter than what the service asked for', async () => {
    await fc.assert(
      fc.asyncProperty(outcomes, settings, jitter, async (list, policy, chance) => {
        const retries: RetryInfo[] = []
        const onRetry = (info: RetryInfo) => retries.push(info)
        const run = setUp(list.map(toError), { ...policy, onRetry, random: () => chance })
        await run.attempt('read', run.request).catch(() => undefined)
        expect(retries.map(({ waitMs }) => waitMs)).toEqual(run.slept)
        for (const { error, waitMs } of retries) {
          if (error instanceof ThrottledError) expect(waitMs).toBeGreaterThanOrEqual(error.retryAfterMs ?? 0)
        }
      }),
    )
  })

  test('a write is never sent again after an answer was lost', async () => {
    await fc.assert(
      fc.asyncProperty(outcomes, settings, async (list, policy) => {
        const run = setUp(list.map(toError), policy)
        await run.attempt('write', run.request).catch(() => undefined)
        const lost = list.indexOf('failed')
        if (lost >= 0) expect(run.sent.length).toBeLessThanOrEqual(lost + 1)
      }),
    )
  })
})

describe('a read', () => {
  test('gets its answer after failures and throttling, with growing waits', async () => {
    const run = setUp([failed(), throttled(), failed()], { random: () => 1 })
    await expect(run.attempt('read', run.request)).resolves.toBe('answer')
    expect(run.slept).toEqual([1000, 2000, 4000])
  })

  test('that fails to the end says how often it was tried, and keeps the kind of error', async () => {
    const run = setUp(Array.from({ length: 9 }, failed))
    const error = await run.attempt('read', run.request).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ServiceError)
    expect(error).toHaveProperty('message', 'list the rules (tried 5 times): 503')
  })

  test('surfaces at once, with a hint, when the service asks for more than the cap', async () => {
    const run = setUp([throttled(301_000)])
    const error = await run.attempt('read', run.request).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ThrottledError)
    expect(error).toMatchObject({ retryAfterMs: 301_000, hint: expect.stringContaining('wait 301 s') })
    expect(run.slept).toEqual([])
  })

  test('is not repeated when the answer is definite', async () => {
    const denied = new PermissionError({ tried: 'list the rules' })
    const run = setUp([throttled(), denied])
    await expect(run.attempt('read', run.request)).rejects.toBe(denied)
    expect(run.sent).toHaveLength(2)
  })
})

describe('a write', () => {
  test('is sent again when it was throttled', async () => {
    const run = setUp([throttled(5000)])
    await expect(run.attempt('write', run.request)).resolves.toBe('answer')
    expect(run.slept).toEqual([5000])
  })

  test('whose answer was lost is not sent again, and the error is as it came', async () => {
    const lost = failed()
    const run = setUp([lost])
    await expect(run.attempt('write', run.request)).rejects.toBe(lost)
  })
})

describe('the signal', () => {
  const reason = new Error('interrupted')
  const aborted = () => AbortSignal.abort(reason)

  test('sends nothing when it has fired before', async () => {
    const run = setUp([], { signal: aborted() })
    await expect(run.attempt('read', run.request)).rejects.toBe(reason)
    expect(run.sent).toEqual([])
  })

  test('ends a wait with its reason', async () => {
    const controller = new AbortController()
    const run = setUp([failed()], { signal: controller.signal, onRetry: () => controller.abort(reason) })
    await expect(run.attempt('read', run.request)).rejects.toBe(reason)
    expect(run.sent).toHaveLength(1)
  })

  test('ends a read in flight at once, with a reason that need not be an error', async () => {
    const controller = new AbortController()
    const run = setUp([], { signal: controller.signal })
    const reading = run.attempt('read', () => new Promise<never>(() => undefined))
    controller.abort('SIGINT')
    await expect(reading).rejects.toBe('SIGINT')
  })

  test.each(['the answer', 'a definite error'])('leaves a write in flight to %s', async (kind) => {
    const controller = new AbortController()
    const run = setUp([], { signal: controller.signal })
    const answer = Promise.withResolvers<string>()
    const writing = run.attempt('write', () => answer.promise)
    controller.abort(reason)
    const denied = new PermissionError({ tried: 'remove the rule' })
    if (kind === 'the answer') answer.resolve('done')
    else answer.reject(denied)
    const settled = await writing.catch((error: unknown) => error)
    expect(settled).toBe(kind === 'the answer' ? 'done' : denied)
  })

  test('turns a failure that it caused into its reason', async () => {
    const controller = new AbortController()
    const run = setUp([], { signal: controller.signal })
    const writing = run.attempt('write', async () => {
      controller.abort(reason)
      throw failed()
    })
    await expect(writing).rejects.toBe(reason)
  })
})

async function all<T>(source: AsyncIterable<T>): Promise<readonly T[]> {
  const items: T[] = []
  for await (const item of source) items.push(item)
  return items
}

describe('waits', () => {
  test('yields at once, then with growing pauses, and a last time when the limit is reached', async () => {
    const { clock, slept } = fakeClock()
    const { signal } = new AbortController()
    const looks = await all(waits({ clock, signal, totalMs: 10_000, random: () => 1 }))
    expect(slept).toEqual([1000, 2000, 4000, 3000])
    expect(looks).toEqual([1, 2, 3, 4, 5])
  })

  test('looks once when there is no time', async () => {
    const { clock, slept } = fakeClock()
    const looks = await all(waits({ clock, signal: new AbortController().signal, totalMs: 0 }))
    expect([looks, slept]).toEqual([[1], []])
  })

  test('never pauses beyond the limit, and looks again after it', async () => {
    await fc.assert(
      fc.asyncProperty(settings, jitter, fc.nat(5000), async ({ totalMs }, chance, lookMs) => {
        const { clock, slept } = fakeClock()
        const { signal } = new AbortController()
        const end = clock.now().getTime() + totalMs
        let lastLook = 0
        for await (const _ of waits({ clock, signal, totalMs, random: () => chance })) {
          lastLook = clock.now().getTime()
          await clock.sleep(lookMs)
          slept.pop()
        }
        expect(sum(slept)).toBeLessThanOrEqual(totalMs + 1e-3)
        expect(lastLook).toBeGreaterThanOrEqual(Math.floor(end))
      }),
    )
  })

  test('ends with the reason of the signal', async () => {
    const { clock } = fakeClock()
    const reason = new Error('interrupted')
    await expect(all(waits({ clock, signal: AbortSignal.abort(reason) }))).rejects.toBe(reason)
  })
})
