import { type SandboxState, sandboxNow } from '../tenant/state.ts'
import { googleAccount } from './account.ts'
import { errorInfo, GoogleRefusal, refusals } from './errors.ts'

/** Two calls at once are let through, and one more each second after that. */
const burst = 2
const perSecond = 1

/**
 * Takes one call from the quota of policies, on the sandbox's clock. Throws a GoogleRefusal when none is left. The
 * published quota has no number; that it is about a call a second, and how it is refused, is what other programs saw:
 * https://github.com/cisagov/ScubaGoggles.
 */
export function takeQuota(state: SandboxState, isRead: boolean): void {
  const { google } = state
  const kind = isRead ? 'read' : 'write'
  const now = sandboxNow(state).getTime()
  const { at, left } = google.quota[kind] ?? { at: now, left: burst }
  const available = Math.min(burst, left + (Math.max(0, now - at) / 1000) * perSecond)
  const isLetIn = available >= 1
  google.quota[kind] = { at: now, left: isLetIn ? available - 1 : available }
  if (isLetIn) return
  google.refusedByQuota += 1
  const service = 'cloudidentity.googleapis.com'
  const limit = `${kind} requests per minute per user`
  throw new GoogleRefusal(
    refusals.exhausted,
    `Quota exceeded for quota metric 'Policy API ${kind} requests' and limit 'Policy API ${limit}' of service '${service}' for consumer 'project_number:${googleAccount.projectNumber}'.`,
    [
      errorInfo('RATE_LIMIT_EXCEEDED', service, {
        consumer: `projects/${googleAccount.projectNumber}`,
        quota_limit_value: '60',
      }),
    ],
  )
}
