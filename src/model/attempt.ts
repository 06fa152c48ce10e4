/** A read may be repeated; a write whose answer was lost may not, it is followed by a read. */
export type Effect = 'read' | 'write'

/** Runs one request under the retry policy. Adapters are handed one and know nothing of its rules. */
export type Attempt = <T>(effect: Effect, request: () => Promise<T>) => Promise<T>
