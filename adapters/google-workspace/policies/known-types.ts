/**
 * Types of Gmail's settings that were seen in customers' policies. Those with hosts or gateways are not among them:
 * Google publishes none. https://docs.cloud.google.com/identity/docs/concepts/supported-policy-api-settings
 */
export const knownTypes: ReadonlySet<string> = new Set(
  [
    'attachment_compliance',
    'blocked_sender_lists',
    'comprehensive_mail_storage',
    'content_compliance',
    'email_address_lists',
    'email_spam_filter_ip_allowlist',
    'objectionable_content',
    'per_user_outbound_gateway',
    'restrict_delivery',
    'rule_states',
    'service_status',
    'spam_override_lists',
  ].map((name) => `settings/gmail.${name}`),
)
