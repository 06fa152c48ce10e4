import type { JsonObject } from '../../../src/model/json.ts'
import type { TenantObject } from '../../../src/model/resource.ts'
import { objectsOf, textOf } from '../json.ts'
import type { GoogleReader } from '../transport.ts'
import { type PlaceOf, placesOf } from './places.ts'
import { gmailPolicies, type Policy } from './policy.ts'
import { type RuleState, statesIn, stateType } from './states.ts'

/** Settings whose value is a list: each entry is an object of its own. */
export interface EntryKind {
  /** 'compliance-rule' */
  readonly kind: string
  readonly type: string
  /** Where the list stands in the value. */
  readonly field: string
  readonly id: string
  readonly name: string
}

function entryKind(
  kind: string,
  type: string,
  field: string,
  id = 'ruleId',
  name = 'description',
): EntryKind {
  return { kind, type: `settings/gmail.${type}`, field, id, name }
}

export const complianceRules = entryKind('compliance-rule', 'content_compliance', 'contentComplianceRules')
export const spamOverrides = entryKind('spam-override', 'spam_override_lists', 'spamOverride')
export const blockedSenders = entryKind('blocked-senders', 'blocked_sender_lists', 'blockedSenders')
export const addressLists = entryKind('address-list', 'email_address_lists', 'emailAddressList', 'id', 'name')

/** Where a rule was switched on or off. */
interface PlacedState extends RuleState {
  readonly where: string
}

/** By the id of the rule. */
function ruleStates(
  policies: readonly Policy[],
  placeOf: PlaceOf,
): ReadonlyMap<string, readonly PlacedState[]> {
  const states = policies
    .filter(({ type }) => type === stateType)
    .flatMap((policy) => statesIn(policy.value).map((state) => ({ ...state, where: placeOf(policy) })))
  return Map.groupBy(states, ({ ruleId }) => ruleId)
}

/** Names an entry within all policies: 'policies/{id}#{ruleId}'. An entry without an id is known by its place. */
function guidOf(policy: Policy, { id }: EntryKind, entry: JsonObject, index: number): string {
  return `${policy.name}#${textOf(entry, id) ?? index}`
}

interface Placed {
  readonly policy: Policy
  readonly where: string
  readonly states: ReadonlyMap<string, readonly PlacedState[]>
}

/** Of the rule's own place; without one, as Google has it, the rule is in force. */
function stateAt(states: readonly PlacedState[], where: string): string {
  return states.find((state) => state.where === where)?.enabled === false ? 'disabled' : 'enabled'
}

function toObject(kind: EntryKind, { policy, where, states }: Placed) {
  return (entry: JsonObject, index: number): TenantObject => {
    const id = textOf(entry, kind.id) ?? ''
    const own = states.get(id) ?? []
    const label = textOf(entry, kind.name) ?? id
    return {
      guid: guidOf(policy, kind, entry, index),
      name: `${label} (${where})`,
      properties: {
        label,
        where,
        state: stateAt(own, where),
        states: own.map(({ where: at, enabled }) => ({ where: at, enabled })),
        entry,
        policy: policy.whole,
      },
    }
  }
}

/**
 * All entries of a kind, of all units and groups. Their properties: `label` (what the console calls it), `where`,
 * `state` and `states` (where it was switched), `entry` and `policy` as they were answered.
 */
export async function entriesOf(google: GoogleReader, kind: EntryKind): Promise<readonly TenantObject[]> {
  const policies = await gmailPolicies(google)
  const holding = policies.filter(({ type }) => type === kind.type)
  if (holding.length === 0) return []
  const switching = policies.filter(({ type }) => type === stateType)
  const placeOf = await placesOf(google, [...holding, ...switching])
  const states = ruleStates(policies, placeOf)
  return holding.flatMap((policy) =>
    objectsOf(policy.value, kind.field).map(toObject(kind, { policy, where: placeOf(policy), states })),
  )
}
