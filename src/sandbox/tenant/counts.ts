import type { SandboxState } from './state.ts'

/** Counts a request: to Exchange by cmdlet, to the login service by endpoint, to Graph and the vendor by method and resource. */
export function countRequest(state: SandboxState, name: string): void {
  state.requests += 1
  state.counts[name] = (state.counts[name] ?? 0) + 1
}
