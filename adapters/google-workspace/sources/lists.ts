import type { Source } from '../../../src/model/resource.ts'
import type { Customer } from '../customer.ts'
import { listOf } from '../json.ts'
import {
  addressLists,
  blockedSenders,
  type EntryKind,
  entriesOf,
  spamOverrides,
} from '../policies/entries.ts'
import { placesOf } from '../policies/places.ts'
import { gmailPolicies } from '../policies/policy.ts'

function entrySource({ google }: Customer, kind: EntryKind): Source {
  return { kind: kind.kind, list: () => entriesOf(google, kind) }
}

const allowlistType = 'settings/gmail.email_spam_filter_ip_allowlist'

/** Addresses whose mail the spam filter lets through: one object for each. */
function ipAllowlist({ google }: Customer): Source {
  return {
    kind: 'ip-allowlist',
    async list() {
      const policies = (await gmailPolicies(google)).filter(({ type }) => type === allowlistType)
      const placeOf = await placesOf(google, policies)
      return policies.flatMap((policy) =>
        listOf(policy.value, 'allowedIpAddresses').map((entry) => ({
          guid: `${policy.name}#${String(entry)}`,
          name: String(entry),
          properties: { where: placeOf(policy), entry, policy: policy.whole },
        })),
      )
    },
  }
}

/** Lists of the spam settings, in which a vendor's addresses or senders may stand. */
export function listSources(customer: Customer): readonly Source[] {
  return [
    ipAllowlist(customer),
    ...[spamOverrides, blockedSenders, addressLists].map((kind) => entrySource(customer, kind)),
  ]
}
