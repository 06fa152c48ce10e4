import type { FaultKind } from '../faults.ts'
import type { Result } from '../serve.ts'
import type { GooglePolicy, GoogleUser } from '../tenant/google.ts'
import type { SandboxState } from '../tenant/state.ts'

/** So many reads after the write see what was before it. */
const staleReads = 2

/** The policies as this read sees them; a stale view is used up by it. */
export function seenPolicies({ google }: SandboxState): readonly GooglePolicy[] {
  const stale = google.stalePolicies
  if (stale === null) return google.policies
  stale.left -= 1
  if (stale.left === 0) google.stalePolicies = null
  return stale.objects
}

/** The users, with what they consented to, as this read sees them; a stale view is used up by it. */
export function seenUsers({ google }: SandboxState): readonly GoogleUser[] {
  const stale = google.staleUsers
  if (stale === null) return google.users
  stale.left -= 1
  if (stale.left === 0) google.staleUsers = null
  return stale.objects
}

/** Does a write; when the fault says so, the next reads of what it changed still see what was before. */
export function withStaleReads(
  { google }: SandboxState,
  fault: FaultKind | undefined,
  write: () => Result,
): Result {
  const { policies, users } = google
  const result = write()
  if (fault !== 'stale-reads' || !result.done) return result
  if (google.policies !== policies) google.stalePolicies = { objects: policies, left: staleReads }
  if (google.users !== users) google.staleUsers = { objects: users, left: staleReads }
  return result
}
