import type { FaultKind } from '../faults.ts'
import type { Result } from '../serve.ts'
import { directoryKinds } from '../tenant/directory.ts'
import type { SandboxState } from '../tenant/state.ts'

/**
 * Replication is not over when a write is answered: when the fault says so, the first read afterwards sees what was
 * written, the next one what was before, and those that follow what was written. Each kind that the write changed
 * for itself.
 */
export function withStaleReads(
  state: SandboxState,
  fault: FaultKind | undefined,
  write: () => Result,
): Result {
  if (fault !== 'stale-reads') return write()
  const { directory } = state
  const before = { ...directory }
  const result = write()
  for (const kind of directoryKinds) {
    if (result.done && directory[kind] !== before[kind])
      directory.stale.push({ kind, objects: before[kind], skip: 1, left: 1 })
  }
  return result
}
