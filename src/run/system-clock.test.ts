import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { systemClock } from './system-clock.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const hour = 3_600_000

function watch(sleeping: Promise<void>) {
  const seen = { over: false }
  void sleeping.then(() => {
    seen.over = true
  })
  return seen
}

test('sleep is over when its time has passed and not before', async () => {
  const seen = watch(systemClock.sleep(hour))
  await vi.advanceTimersByTimeAsync(hour - 1)
  expect(seen.over).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(seen.over).toBe(true)
})

test('sleep notices within 30 seconds that the machine was suspended', async () => {
  const seen = watch(systemClock.sleep(hour))
  vi.setSystemTime(Date.now() + hour)
  await vi.advanceTimersByTimeAsync(30_000)
  expect(seen.over).toBe(true)
})

test('sleep is no longer when the date is set back', async () => {
  const seen = watch(systemClock.sleep(hour))
  vi.setSystemTime(Date.now() - 24 * hour)
  await vi.advanceTimersByTimeAsync(hour)
  expect(seen.over).toBe(true)
})

test('sleep ends with the reason of the signal', async () => {
  const controller = new AbortController()
  const reason = new Error('interrupted')
  const sleeping = systemClock.sleep(hour, controller.signal)
  controller.abort(reason)
  await expect(sleeping).rejects.toBe(reason)
  await expect(systemClock.sleep(0, controller.signal)).rejects.toBe(reason)
  expect(vi.getTimerCount()).toBe(0)
})
