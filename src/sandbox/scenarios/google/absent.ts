import { googleVendor } from '../../google/account.ts'
import type { GoogleState } from '../../tenant/google.ts'
import { rewriteRules } from './change.ts'
import { policy } from './policies.ts'

/** The vendor's redirect rule goes. */
export function dropRedirectRule(google: GoogleState): void {
  rewriteRules(google, (rule) => (rule.description === googleVendor.ruleName ? [] : [rule]))
}

/** Everything of the vendor goes, and the audit log knows nothing of it; what is like it stays. */
export function dropGoogleFootprint(google: GoogleState): void {
  dropRedirectRule(google)
  google.delegation = google.delegation.filter(({ clientId }) => clientId !== googleVendor.clientId)
  google.hosts = google.hosts.filter(({ name }) => name !== googleVendor.hostName)
  google.inboundGateway = {
    ...google.inboundGateway,
    enabled: false,
    addresses: [],
    headerRegexp: null,
  }
  google.users = google.users.map((user) => ({
    ...user,
    tokens: user.tokens.filter(({ clientId }) => clientId !== googleVendor.appId),
  }))
  google.policies = [
    ...google.policies.filter(
      ({ type }) =>
        !/email_spam_filter_ip_allowlist|email_address_lists|spam_override|blocked_sender/.test(type),
    ),
    policy('gmail.email_spam_filter_ip_allowlist', { allowedIpAddresses: ['203.0.113.10'] }),
  ]
  google.audit = google.audit.filter((activity) => {
    const text = JSON.stringify(activity.events)
    return !text.includes(googleVendor.clientId) && !text.includes(googleVendor.ruleName)
  })
}
