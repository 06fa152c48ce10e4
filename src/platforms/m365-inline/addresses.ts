import { matchAllowListEntry } from '../../footprint/match/allow-list-entry.ts'
import { flag, strings } from '../../footprint/properties.ts'
import { changeId } from '../../model/name.ts'
import type { EditStep, Proposal, ProposalContext } from '../../model/platform.ts'
import type { TenantObject } from '../../model/resource.ts'
import type { StepGuard } from '../../model/step-guard.ts'
import { objectsOf } from '../objects.ts'

function entryProposals(policy: TenantObject, { footprint }: ProposalContext): readonly Proposal[] {
  return strings(policy, 'IPAllowList').map((entry) => ({
    id: changeId('ip', entry),
    kind: 'connection-filter',
    name: entry,
    detail: `always allowed in "${policy.name}"`,
    object: policy,
    edit: { kind: 'remove-entry', property: 'IPAllowList', entry },
    restsOn: 'edit',
    verdict: matchAllowListEntry(entry, footprint),
  }))
}

/** Microsoft's own list of safe senders: the vendor has it switched off when no other address remains. */
function safeListProposal(policy: TenantObject): Proposal {
  return {
    id: 'safe-list',
    kind: 'connection-filter',
    name: 'EnableSafeList',
    detail: `in "${policy.name}", as no address remains`,
    object: policy,
    edit: { kind: 'set', property: 'EnableSafeList', from: true, to: false },
    restsOn: 'edit',
    verdict: {
      is: 'vendor',
      reason: 'the vendor’s procedure switches it off when its addresses were the last',
    },
  }
}

/** A new address of the customer's means that the safe list must stay on. */
const onlyVendorLeft: StepGuard = {
  kinds: ['connection-filter'],
  check(objects, changes) {
    if (!changes.some((change) => change.id === 'safe-list')) return []
    const planned = new Set(changes.map((change) => change.name))
    const others = objects('connection-filter')
      .flatMap((policy) => strings(policy, 'IPAllowList'))
      .filter((entry) => !planned.has(entry))
    return others.length === 0
      ? []
      : [`the allow list also holds ${others.join(', ')}, so EnableSafeList must stay on`]
  },
}

export const addresses: EditStep = {
  id: 'addresses',
  title: 'Remove the addresses from the allow list',
  kind: 'edit',
  system: 'exchange-online',
  kinds: ['connection-filter'],
  after: ['drain-wait'],
  guard: onlyVendorLeft,
  permissions: ['Get-HostedConnectionFilterPolicy', 'Set-HostedConnectionFilterPolicy'],
  propose(context) {
    return objectsOf('connection-filter', context).flatMap((policy) => {
      const entries = entryProposals(policy, context)
      const removed = context.taken(entries)
      const empties = removed.length > 0 && removed.length === entries.length
      return empties && flag(policy, 'EnableSafeList') ? [...entries, safeListProposal(policy)] : entries
    })
  },
}
