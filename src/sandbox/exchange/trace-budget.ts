import type { SandboxState } from '../tenant/state.ts'

const windowMs = 5 * 60_000
const mostRequests = 100

const spent = new WeakMap<SandboxState, number[]>()

/**
 * Counts a request for the message trace, of which the service takes 100 in five minutes. Answers the milliseconds
 * to wait when it is one too many, else undefined.
 */
export function spendTrace(state: SandboxState, now: number): number | undefined {
  const recent = (spent.get(state) ?? []).filter((at) => at > now - windowMs)
  spent.set(state, recent)
  const [oldest] = recent
  if (oldest !== undefined && recent.length >= mostRequests) return oldest + windowMs - now
  recent.push(now)
  return undefined
}
