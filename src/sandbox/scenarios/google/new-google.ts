import type { RegionId } from '../../../model/words.ts'
import { googleAccount, googleVendor } from '../../google/account.ts'
import type { GoogleHost, GoogleState, InboundGateway } from '../../tenant/google.ts'
import { auditEvent, recordAt, settingEvents } from '../../tenant/google-audit.ts'
import { authorizeEvents, complianceChange } from '../../tenant/google-change.ts'
import { complianceRules } from '../../tenant/google-policies.ts'
import { vendorAddresses } from '../addresses.ts'
import { smartHosts } from '../smart-hosts.ts'
import { groupIds, orgUnitIds, ruleId } from './ids.ts'
import { delegationClients, people } from './people.ts'
import { defaultPolicies } from './policies.ts'
import { hostIds } from './rules.ts'

const minute = 60_000
const day = 24 * 60 * minute

function hosts(regions: readonly RegionId[]): readonly GoogleHost[] {
  return [
    { id: hostIds.scanner, name: googleVendor.hostName, host: smartHosts[regions[0] ?? 'us'], port: 25 },
    { id: hostIds.archive, name: 'Mail archive', host: 'archive.adatum.example', port: 25 },
  ]
}

function inboundGateway(regions: readonly RegionId[]): InboundGateway {
  return {
    id: ruleId('inbound gateway'),
    description: 'Inbound gateway',
    enabled: true,
    addresses: vendorAddresses(regions),
    rejectAll: false,
    requireTls: false,
    headerRegexp: googleVendor.headerRegexp,
  }
}

/** What the audit log still has of the time when everything was set up. */
function recordHistory(google: GoogleState, now: number): void {
  const actor = googleAccount.subject
  for (const client of google.delegation)
    if (client.authorizedAt > now - 180 * day)
      recordAt(google, client.authorizedAt, {
        application: 'admin',
        actor,
        events: authorizeEvents(google, client),
      })
  const made = complianceRules(google.policies).filter(
    ({ rule }) => rule.description === googleVendor.ruleName,
  )
  for (const { policy, rule } of made)
    recordAt(google, now - 119 * day, {
      application: 'admin',
      actor,
      events: settingEvents(google, complianceChange(google, 'CREATE', policy, rule)),
    })
  recordAt(google, now - 3 * day, {
    application: 'admin',
    actor,
    events: [
      auditEvent('USER_SETTINGS', 'CHANGE_PASSWORD', { USER_EMAIL: `carl@${google.customer.domain}` }),
    ],
  })
}

/** A customer that the vendor serves, with things of its own. */
export function newGoogle(regions: readonly RegionId[]): GoogleState {
  const { customerId, domain } = googleAccount
  const now = Date.now()
  const google: GoogleState = {
    customer: { id: customerId, domain, organization: 'Contoso' },
    orgUnits: Object.entries(orgUnitIds).map(([path, id]) => ({ id, path })),
    groups: [
      { id: groupIds.board, email: `board@${domain}`, name: 'Board' },
      { id: groupIds.pilot, email: `pilot@${domain}`, name: 'Pilot' },
    ],
    policies: defaultPolicies(regions),
    pending: [],
    users: people,
    delegation: delegationClients(now),
    formerDelegation: [],
    hosts: hosts(regions),
    inboundGateway: inboundGateway(regions),
    audit: [],
    auditSettings: {
      families: ['old', 'new'],
      recorded: true,
      lagMs: { admin: 5 * minute, token: 120 * minute, access_evaluation: 120 * minute },
    },
    policyWrites: 'refused',
    dropsFields: 0,
    emptyPages: false,
    publishesRoutes: false,
    disabledApis: [],
    routing: [],
    quota: {},
    refusedByQuota: 0,
    stalePolicies: null,
    staleUsers: null,
  }
  recordHistory(google, now)
  return google
}
