import type { AuditActivity, AuditApplication, DelegationClient, GoogleUser } from '../tenant/google.ts'
import { auditEvent } from '../tenant/google-audit.ts'
import type { SandboxState } from '../tenant/state.ts'
import { isChannelActiveAt } from '../tenant/vendor.ts'
import { googleVendor } from './account.ts'

interface Span {
  readonly from: number
  readonly to: number
}

/** A client of the list, and until when it stood there. */
type Placed = DelegationClient & { readonly removedAt?: number }

/** Whether a client calls at a moment: the vendor's only does while its channel is active. */
function calls(state: SandboxState, { clientId, authorizedAt, removedAt }: Placed, at: number): boolean {
  const isListed = at >= authorizedAt && at < (removedAt ?? Number.POSITIVE_INFINITY)
  return isListed && (clientId !== googleVendor.clientId || isChannelActiveAt(state.vendor, at))
}

/** https://developers.google.com/workspace/admin/reports/v1/appendix/activity/token */
function tokenEvents({ clientId, name }: Placed) {
  return [
    auditEvent(
      'auth',
      'activity',
      {
        api_name: 'gmail',
        method_name: 'gmail.users.messages.get',
        client_id: clientId,
        app_name: name,
        client_type: 'WEB',
        product_bucket: 'GMAIL',
      },
      [{ name: 'num_response_bytes', intValue: '2048' }],
    ),
  ]
}

/** https://developers.google.com/workspace/admin/reports/v1/appendix/activity/access-evaluation */
function evaluationEvents({ scopes }: Placed) {
  const type = 'access_token_evaluation'
  const parameters = {
    configuration_source: 'DOMAIN_WIDE_DELEGATION',
    client_type: 'SERVICE_ACCOUNT',
    scopes_requested: scopes,
  }
  return [
    auditEvent(type, 'allow_token_request', parameters),
    auditEvent(type, 'allow_token_impersonation', parameters),
  ]
}

const made = { token: tokenEvents, access_evaluation: evaluationEvents } as const

function userAt(users: readonly GoogleUser[], slot: number): string {
  return users[slot % users.length]?.primaryEmail ?? ''
}

/** What the delegation clients did in a span, as the audit log has it. */
export function usageBetween(
  state: SandboxState,
  application: AuditApplication,
  { from, to }: Span,
): readonly AuditActivity[] {
  const { google } = state
  if (application === 'admin' || !google.auditSettings.recorded) return []
  const clients: readonly Placed[] = [...google.delegation, ...google.formerDelegation]
  return clients.flatMap((client) => {
    const found: AuditActivity[] = []
    for (let slot = Math.ceil(from / client.everyMs); slot * client.everyMs <= to; slot += 1) {
      const at = slot * client.everyMs
      if (!calls(state, client, at)) continue
      found.push({
        serial: slot,
        at,
        application,
        actor: userAt(google.users, slot),
        clientId: client.clientId,
        events: made[application](client),
      })
    }
    return found
  })
}
