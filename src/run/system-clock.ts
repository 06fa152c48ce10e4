import type { Clock } from '../model/clock.ts'

/** A suspended machine's timers stand still: so the date is looked at this often. */
const longestNapMs = 30_000

/** Time on this machine. */
export const systemClock: Clock = { now: () => new Date(), sleep }

/** Over when `ms` have passed by the date or by the monotonic clock: neither a suspend nor a date set back matters. */
async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  const [date, monotonic] = [Date.now(), performance.now()]
  const leftMs = () => ms - Math.max(Date.now() - date, performance.now() - monotonic)
  signal?.throwIfAborted()
  for (let left = leftMs(); left > 0; left = leftMs()) {
    await nap(Math.min(left, longestNapMs), signal)
  }
}

function nap(ms: number, signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  const abort = () => reject(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  return promise.finally(() => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  })
}
