import type { Json, JsonObject } from '../../../src/model/json.ts'
import type { Source, TenantObject } from '../../../src/model/resource.ts'
import type { Customer } from '../customer.ts'
import { knownTypes } from '../policies/known-types.ts'
import { type PlaceOf, placesOf } from '../policies/places.ts'
import { gmailPolicies, type Policy } from '../policies/policy.ts'

function toObject(policy: Policy, placeOf: PlaceOf): TenantObject {
  const where = placeOf(policy)
  const type = policy.type.replace(/^settings\//, '')
  return { guid: policy.name, name: `${type} (${where})`, properties: { type, where, policy: policy.whole } }
}

async function listed(customer: Customer, isAsked: (policy: Policy) => boolean) {
  const policies = (await gmailPolicies(customer.google)).filter(isAsked)
  const placeOf = await placesOf(customer.google, policies)
  return policies.map((policy) => toObject(policy, placeOf))
}

const hostWords = /host|gateway|rout|relay|smtp/i

/** Whether a key, at any depth, names a host or a gateway. */
function namesHosts(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, inner]) => hostWords.test(key) || namesHosts(inner))
}

function mayHoldHosts({ type, value }: { readonly type: string; readonly value: JsonObject }): boolean {
  return !knownTypes.has(type) && (hostWords.test(type) || namesHosts(value))
}

/**
 * `gmail-policy`: all settings of Gmail, of all units and groups, one object for each policy, those of unknown types
 * too. `mail-host-settings`: of types that are not known today, those that name hosts or gateways.
 */
export function policySources(customer: Customer): readonly Source[] {
  return [
    { kind: 'gmail-policy', list: () => listed(customer, () => true) },
    { kind: 'mail-host-settings', list: () => listed(customer, mayHoldHosts) },
  ]
}
