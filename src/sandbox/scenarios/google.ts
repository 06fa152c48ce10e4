import { googleAccount, googleVendor } from '../google/account.ts'
import { googleScopes } from '../google/scopes.ts'
import type { GoogleState, PolicyWrites } from '../tenant/google.ts'
import { addresses } from './addresses.ts'
import { dropVendorMailFlow } from './footprint.ts'
import { dropGoogleFootprint, dropRedirectRule } from './google/absent.ts'
import { putPolicies, rewriteRules, setRuleState } from './google/change.ts'
import { manyPeople, surround } from './google/many.ts'
import { compliancePolicies, policy } from './google/policies.ts'
import { complianceRule, redirectRule } from './google/rules.ts'
import type { Scenario } from './scenario.ts'
import type { Seed } from './seed.ts'

const hour = 60 * 60_000

/** A customer of Google alone: nothing of the vendor in Microsoft 365. */
function google(description: string, change: (google: GoogleState, seed: Seed) => void = () => {}): Scenario {
  return {
    description,
    change(seed) {
      dropVendorMailFlow(seed)
      seed.vendor.method = 'google'
      change(seed.google, seed)
    },
  }
}

function writes(description: string, policyWrites: PolicyWrites, dropsFields = 0): Scenario {
  return google(description, (state) => {
    state.policyWrites = policyWrites
    state.dropsFields = dropsFields
  })
}

/** The service account may act by these scopes only; by none at all, it is not in the list. */
function delegate(state: GoogleState, keep: (scope: string) => boolean): void {
  state.delegation = state.delegation
    .map((client) =>
      client.clientId === googleAccount.serviceAccountClientId
        ? { ...client, scopes: client.scopes.filter(keep) }
        : client,
    )
    .filter(({ scopes }) => scopes.length > 0)
}

function nextRegionAddresses({ regions }: Seed): readonly string[] {
  return regions.includes('eu') ? addresses.us : addresses.eu
}

/** Where the vendor's rule is, and how it looks. */
const ruleScenarios = {
  'google-default': google('the full set-up in Google Workspace; policies of Gmail cannot be written'),
  'google-absent': google('nothing of the vendor in Google Workspace', dropGoogleFootprint),
  'google-several-rules': google(
    'the vendor’s rule at the top unit, in a unit below, and for a group',
    (state) => {
      putPolicies(state, [
        ...compliancePolicies([redirectRule(googleVendor.ruleName, 'EMEA')], { unit: '/Sales/EMEA' }),
        ...compliancePolicies([redirectRule(' perception point  REDIRECT rule', 'pilot')], {
          group: 'pilot',
        }),
      ])
    },
  ),
  'google-child-unit': google('the vendor’s rule in a unit below alone', (state) => {
    dropRedirectRule(state)
    const filing = complianceRule({ description: 'File by country', content: 'EMEA' })
    putPolicies(state, compliancePolicies([redirectRule(), filing], { unit: '/Sales/EMEA' }))
  }),
  'google-only-rule': google('the vendor’s rule is the only one of its unit', (state) =>
    putPolicies(state, compliancePolicies([redirectRule()])),
  ),
  'google-renamed-rule': google('the vendor’s rule has another name', (state) =>
    rewriteRules(state, (rule) =>
      rule.description === googleVendor.ruleName
        ? [{ ...rule, description: 'Mail scanner (do not touch)' }]
        : [rule],
    ),
  ),
  'google-same-name': google('a rule of the customer’s own has the vendor’s name', (state) =>
    rewriteRules(state, (rule) =>
      rule.description === googleVendor.ruleName
        ? [complianceRule({ description: googleVendor.ruleName, content: 'newsletter' })]
        : [rule],
    ),
  ),
  'google-disabled-rule': google('the vendor’s rule is switched off', (state) =>
    setRuleState(state, String(redirectRule().ruleId), false),
  ),
} as const satisfies Record<string, Scenario>

/** What may be read, and how it comes. */
const readScenarios = {
  'google-policies-denied': google('the administrator is none who may read policies', (state) => {
    state.users = state.users.map((user) =>
      user.primaryEmail === googleAccount.subject
        ? { ...user, isAdmin: false, isDelegatedAdmin: true }
        : user,
    )
  }),
  'google-scopes-missing': google('audit log and users’ apps are not delegated', (state) =>
    delegate(state, (scope) => scope !== googleScopes.audit && scope !== googleScopes.userSecurity),
  ),
  'google-not-delegated': google('nothing is delegated to the service account', (state) =>
    delegate(state, () => false),
  ),
  'google-api-off': google('the Cloud Identity API is not switched on', (state) => {
    state.disabledApis = ['cloudidentity']
  }),
  'google-many-policies': google('2,000 policies, most of them of other applications', (state) => {
    state.policies = surround(state.policies, 2000)
  }),
  'google-many-users': google('600 users, a few with an app of the vendor', (state) => {
    const more = manyPeople(600 - state.users.length)
    state.users = [...more.slice(0, 300), ...state.users, ...more.slice(300)]
  }),
  'google-empty-pages': google('after each page of policies comes an empty one', (state) => {
    state.emptyPages = true
  }),
  'google-host-types': google('hosts and inbound gateway are among the policies', (state) => {
    state.publishesRoutes = true
  }),
  'google-wrong-customer': google('Google answers for another customer', (state) => {
    state.customer = { id: 'C04fabrik', domain: 'fabrikam-other.example', organization: 'Fabrikam' }
  }),
} as const satisfies Record<string, Scenario>

/** What becomes of a write to a policy of Gmail. */
const writeScenarios = {
  'google-policy-writes': writes('policies of Gmail can be written', 'done'),
  'google-writes-drop': writes('the first write to a policy loses a field of another rule', 'done', 1),
  'google-writes-keep-dropping': writes('each write to a policy loses a field of another rule', 'done', 99),
  'google-writes-slow': writes('a write to a policy is done half a minute later', 'slow'),
  'google-writes-unimplemented': writes('a write to a policy is answered with 501', 'unimplemented'),
  'google-writes-denied': writes('a write to a policy is answered with 403', 'denied'),
  'google-writes-fail': writes('a write to a policy is answered with 200 and an error', 'operation-error'),
} as const satisfies Record<string, Scenario>

/** Inbound gateway and audit log. */
const consoleOnlyScenarios = {
  'google-reject-all': google('mail that is not from the gateway’s addresses is rejected', (state) => {
    state.inboundGateway = { ...state.inboundGateway, rejectAll: true }
  }),
  'google-customer-gateway': google('the inbound gateway has an address of the customer’s', (state) => {
    const { inboundGateway } = state
    state.inboundGateway = { ...inboundGateway, addresses: [...inboundGateway.addresses, '203.0.113.25'] }
  }),
  'google-other-region': google('addresses of another region are allowed', (state, seed) => {
    const others = nextRegionAddresses(seed)
    state.inboundGateway = { ...state.inboundGateway, addresses: others }
    putPolicies(state, [
      policy('gmail.email_spam_filter_ip_allowlist', { allowedIpAddresses: others.slice(0, 2) }),
    ])
  }),
  'google-no-events': google('the audit log holds nothing', (state) => {
    state.audit = []
    state.auditSettings = { ...state.auditSettings, recorded: false }
  }),
  'google-late-events': google('the audit log shows things a day and two hours later', (state) => {
    const lagMs = { admin: 26 * hour, token: 26 * hour, access_evaluation: 26 * hour }
    state.auditSettings = { ...state.auditSettings, lagMs }
  }),
  'google-old-events': google('the audit log has the older family of events alone', (state) => {
    state.auditSettings = { ...state.auditSettings, families: ['old'] }
  }),
  'google-new-events': google('the audit log has the newer family of events alone', (state) => {
    state.auditSettings = { ...state.auditSettings, families: ['new'] }
  }),
} as const satisfies Record<string, Scenario>

export const googleScenarios = {
  ...ruleScenarios,
  ...readScenarios,
  ...writeScenarios,
  ...consoleOnlyScenarios,
} as const satisfies Record<string, Scenario>
