/** Scopes of Google's APIs, as far as anything here needs them: https://developers.google.com/identity/protocols/oauth2/scopes */
const root = 'https://www.googleapis.com/auth/'

export const googleScopes = {
  policies: `${root}cloud-identity.policies`,
  policiesReadonly: `${root}cloud-identity.policies.readonly`,
  audit: `${root}admin.reports.audit.readonly`,
  customer: `${root}admin.directory.customer`,
  customerReadonly: `${root}admin.directory.customer.readonly`,
  user: `${root}admin.directory.user`,
  userReadonly: `${root}admin.directory.user.readonly`,
  userSecurity: `${root}admin.directory.user.security`,
  orgUnit: `${root}admin.directory.orgunit`,
  orgUnitReadonly: `${root}admin.directory.orgunit.readonly`,
  group: `${root}admin.directory.group`,
  groupReadonly: `${root}admin.directory.group.readonly`,
} as const
