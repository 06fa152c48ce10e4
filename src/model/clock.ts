/** Time, handed in: the machine's, or the sandbox's, which can be moved. */
export interface Clock {
  now(): Date
  /** Resolves when `ms` milliseconds have passed on this clock; rejects with the signal's reason. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}
