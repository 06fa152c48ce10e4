import { UsageError } from '../../model/errors.ts'
import type { JsonObject } from '../../model/json.ts'
import type {
  DelegationClient,
  GooglePolicy,
  GoogleState,
  GoogleUser,
  InboundGateway,
  UserToken,
} from './google.ts'
import { auditEvent, recordNow, type SettingChange, settingEvents } from './google-audit.ts'
import { complianceRules, entriesOf, ruleStatesType, setPolicyValue } from './google-policies.ts'
import { type SandboxState, sandboxNow } from './state.ts'

function missing(what: string): never {
  throw new UsageError({ tried: `find ${what} at the sandbox's Google customer`, said: 'there is none' })
}

function pathOf({ orgUnits }: GoogleState, id: string): string {
  return orgUnits.find((unit) => unit.id === id)?.path ?? '/'
}

/** Puts down a change to a Gmail setting that this person made. */
export function recordSetting(
  state: SandboxState,
  actor: string,
  ...changes: readonly SettingChange[]
): void {
  const events = changes.flatMap((change) => settingEvents(state.google, change))
  recordNow(state, { application: 'admin', actor, events })
}

export function complianceChange(
  google: GoogleState,
  verb: SettingChange['verb'],
  { orgUnit }: GooglePolicy,
  rule: JsonObject,
): SettingChange {
  return {
    verb,
    setting: 'CONTENT_COMPLIANCE',
    field: 'ContentComplianceRule content_compliance_rule[0]',
    ruleId: String(rule.ruleId),
    description: String(rule.description ?? ''),
    orgUnit: pathOf(google, orgUnit),
  }
}

/** Gives a policy another value, as this person; what becomes of its compliance rules is put down. */
export function writePolicy(
  state: SandboxState,
  actor: string,
  policy: GooglePolicy,
  value: JsonObject,
): void {
  const rules = (from: JsonObject): readonly JsonObject[] =>
    entriesOf({ ...policy, value: from }, 'contentComplianceRules')
  const [before, after] = [rules(policy.value), rules(value)]
  const isIn = (list: readonly JsonObject[], { ruleId }: JsonObject): boolean =>
    list.some((rule) => rule.ruleId === ruleId)
  const isSame = (rule: JsonObject) => (one: JsonObject) => JSON.stringify(one) === JSON.stringify(rule)
  setPolicyValue(state, policy.id, value)
  const change = (verb: SettingChange['verb']) => (rule: JsonObject) =>
    complianceChange(state.google, verb, policy, rule)
  recordSetting(
    state,
    actor,
    ...before.filter((rule) => !isIn(after, rule)).map(change('DELETE')),
    ...after.filter((rule) => !isIn(before, rule)).map(change('CREATE')),
    ...after.filter((rule) => isIn(before, rule) && !before.some(isSame(rule))).map(change('CHANGE')),
  )
}

/** Deletes every compliance rule of this name, with its state. Throws a UsageError when there is none. */
export function deleteComplianceRule(state: SandboxState, actor: string, name: string): void {
  const found = complianceRules(state.google.policies).filter(({ rule }) => rule.description === name)
  if (found.length === 0) missing(`the compliance rule "${name}"`)
  for (const { rule } of found) {
    const policy = policyOf(state.google, rule)
    const left = entriesOf(policy, 'contentComplianceRules').filter(({ ruleId }) => ruleId !== rule.ruleId)
    writePolicy(state, actor, policy, { ...policy.value, contentComplianceRules: left })
    dropRuleState(state, String(rule.ruleId))
  }
}

function policyOf({ policies }: GoogleState, { ruleId }: JsonObject): GooglePolicy {
  const placed = complianceRules(policies).find(({ rule }) => rule.ruleId === ruleId)
  return placed?.policy ?? missing(`the compliance rule ${String(ruleId)}`)
}

function dropRuleState(state: SandboxState, ruleId: string): void {
  for (const policy of state.google.policies.filter(({ type }) => type === ruleStatesType)) {
    const states = entriesOf(policy, 'ruleStates')
    const left = states.filter((one) => one.ruleId !== ruleId)
    if (left.length < states.length) setPolicyValue(state, policy.id, { ...policy.value, ruleStates: left })
  }
}

/** Takes a client out of the list of those that may act for any user. Known by id or name. Throws a UsageError when it is not there. */
export function deleteDelegationClient(state: SandboxState, actor: string, key: string): void {
  const { google } = state
  const client =
    google.delegation.find(({ clientId, name }) => [clientId, name].includes(key)) ??
    missing(`the delegation client ${key}`)
  google.delegation = google.delegation.filter((one) => one !== client)
  const removedAt = sandboxNow(state).getTime()
  google.formerDelegation = [...google.formerDelegation, { ...client, removedAt }]
  const events = [
    auditEvent('DOMAIN_SETTINGS', 'REMOVE_API_CLIENT_ACCESS', {
      API_CLIENT_NAME: client.clientId,
      DOMAIN_NAME: google.customer.domain,
    }),
  ]
  recordNow(state, { application: 'admin', actor, events })
}

/** What is put down when a client is put into the list. */
export function authorizeEvents({ customer }: GoogleState, { clientId, scopes }: DelegationClient) {
  return [
    auditEvent('DOMAIN_SETTINGS', 'AUTHORIZE_API_CLIENT_ACCESS', {
      API_CLIENT_NAME: clientId,
      API_SCOPES: scopes,
      DOMAIN_NAME: customer.domain,
    }),
  ]
}

export function addDelegationClient(state: SandboxState, actor: string, client: DelegationClient): void {
  const { google } = state
  google.delegation = [...google.delegation.filter(({ clientId }) => clientId !== client.clientId), client]
  recordNow(state, { application: 'admin', actor, events: authorizeEvents(google, client) })
}

/** Deletes a mail route. Throws a UsageError when there is none of this name. */
export function deleteHost(state: SandboxState, actor: string, name: string): void {
  const { google } = state
  const host = google.hosts.find((one) => one.name === name) ?? missing(`the host "${name}"`)
  google.hosts = google.hosts.filter((one) => one !== host)
  recordSetting(state, actor, {
    verb: 'DELETE',
    setting: 'EMAIL_ROUTE',
    field: 'EmailRoute email_route[0]',
    ruleId: host.id,
    description: host.name,
    orgUnit: '/',
  })
}

export function editInboundGateway(
  state: SandboxState,
  actor: string,
  changes: Partial<InboundGateway>,
): void {
  const { google } = state
  google.inboundGateway = { ...google.inboundGateway, ...changes }
  recordSetting(state, actor, {
    verb: 'CHANGE',
    setting: 'INBOUND_GATEWAY',
    field: 'InboundGateway inbound_gateway',
    ruleId: google.inboundGateway.id,
    description: google.inboundGateway.description,
    orgUnit: '/',
  })
}

/** A user by address. Throws a UsageError when there is none. */
export function userNamed({ users }: GoogleState, address: string): GoogleUser {
  return users.find(({ primaryEmail }) => primaryEmail === address) ?? missing(`the user ${address}`)
}

/** Takes an app's access to one user's data away. */
export function revokeToken(
  state: SandboxState,
  actor: string,
  user: GoogleUser,
  { clientId, displayText, scopes }: UserToken,
): void {
  const { google } = state
  google.users = google.users.map((one) =>
    one.id === user.id ? { ...one, tokens: one.tokens.filter((token) => token.clientId !== clientId) } : one,
  )
  recordNow(state, {
    application: 'admin',
    actor,
    events: [
      auditEvent('USER_SETTINGS', 'REVOKE_3LO_TOKEN', {
        USER_EMAIL: user.primaryEmail,
        APP_NAME: displayText,
        APP_ID: clientId,
      }),
    ],
  })
  recordNow(state, {
    application: 'token',
    actor: user.primaryEmail,
    events: [
      auditEvent('auth', 'revoke', {
        client_id: clientId,
        app_name: displayText,
        client_type: 'WEB',
        scope: scopes,
      }),
    ],
  })
}
