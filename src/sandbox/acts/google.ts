import * as z from 'zod'
import { googleAccount, googleVendor } from '../google/account.ts'
import { addresses, multiRegionAddress } from '../scenarios/addresses.ts'
import { delegationClients } from '../scenarios/google/people.ts'
import type { InboundGateway } from '../tenant/google.ts'
import {
  addDelegationClient,
  deleteDelegationClient,
  deleteHost,
  editInboundGateway,
  recordSetting,
  revokeToken,
  userNamed,
} from '../tenant/google-change.ts'
import { type SandboxState, sandboxNow } from '../tenant/state.ts'
import { type Act, argument, textsOf } from './act.ts'

const actor = googleAccount.subject

const gatewaySchema = z.object({
  addresses: z.array(z.string()).exactOptional(),
  headerRegexp: z.string().nullable().exactOptional(),
  rejectAll: z.boolean().exactOptional(),
  enabled: z.boolean().exactOptional(),
})

/** What the vendor's procedure has a person do: its addresses go, and its header; an empty gateway goes off. */
function withoutVendor({ addresses: before }: InboundGateway): Partial<InboundGateway> {
  const vendor = [...Object.values(addresses).flat(), multiRegionAddress]
  const left = before.filter((address) => !vendor.includes(address))
  return { addresses: left, headerRegexp: null, enabled: left.length > 0 }
}

/** Users, or one of them, take away what they gave the vendor's app. */
function revokeVendor(state: SandboxState, args: Parameters<Act['run']>[1]): void {
  const wanted = argument(args, 'user', '')
  const users = wanted === '' ? state.google.users : [userNamed(state.google, wanted)]
  for (const user of users) {
    const token = user.tokens.find(({ clientId }) => clientId === googleVendor.appId)
    if (token !== undefined) revokeToken(state, actor, user, token)
  }
}

function putClientBack(state: SandboxState): void {
  const now = sandboxNow(state).getTime()
  const client = delegationClients(now).find(({ clientId }) => clientId === googleVendor.clientId)
  if (client !== undefined) addDelegationClient(state, actor, { ...client, authorizedAt: now })
}

/** What is done in Google's Admin console. The audit log has it, as the real one would. */
export const googleActs = {
  'delete-delegation-client': {
    description: 'API controls: takes a client out of domain-wide delegation {client: the vendor’s}',
    run: (state, args) =>
      deleteDelegationClient(state, actor, argument(args, 'client', googleVendor.clientId)),
  },
  'put-delegation-client-back': {
    description: 'API controls: delegates to the vendor’s client again',
    run: putClientBack,
  },
  'delete-host': {
    description: 'Gmail: deletes a host {name: the vendor’s}',
    run: (state, args) => deleteHost(state, actor, argument(args, 'name', googleVendor.hostName)),
  },
  'edit-inbound-gateway': {
    description:
      'Gmail: takes what is the vendor’s out of the inbound gateway, or sets {addresses, headerRegexp, rejectAll, enabled}',
    run: (state, args) => {
      const changes = gatewaySchema.parse(args)
      const isGiven = Object.keys(changes).length > 0
      editInboundGateway(state, actor, isGiven ? changes : withoutVendor(state.google.inboundGateway))
    },
  },
  'revoke-user-tokens': {
    description: 'users take the vendor’s app away from their accounts {user: all of them}',
    run: revokeVendor,
  },
  'change-gmail-setting': {
    description: 'Gmail: changes a setting that has nothing to do with the vendor',
    run: (state) =>
      recordSetting(state, actor, {
        verb: 'CHANGE',
        setting: 'SPAM_CONTROL',
        field: 'SpamOverride spam_override[0]',
        ruleId: '6776f-02rvqlb32nzzmh1:00gjdgxs17dp8vu',
        description: 'Trusted senders',
        orgUnit: '/',
      }),
  },
  'set-google-scopes': {
    description: 'API controls: the service account may act by these scopes and no others {scopes: […]}',
    run: ({ google }, args) => {
      const scopes = textsOf(args.scopes)
      google.delegation = google.delegation.map((client) =>
        client.clientId === googleAccount.serviceAccountClientId ? { ...client, scopes } : client,
      )
    },
  },
  'set-super-administrator': {
    description: 'makes the administrator a super administrator, or none {is: true|false}',
    run: ({ google }, args) => {
      const isAdmin = z.boolean().default(true).parse(args.is)
      google.users = google.users.map((user) =>
        user.primaryEmail === googleAccount.subject ? { ...user, isAdmin, isDelegatedAdmin: !isAdmin } : user,
      )
    },
  },
  'set-policy-writes': {
    description: 'what becomes of writes to policies of Gmail {to: done|slow|refused|unimplemented|denied|…}',
    run: ({ google }, args) => {
      google.policyWrites = z
        .enum(['done', 'slow', 'refused', 'unimplemented', 'denied', 'operation-error'])
        .default('done')
        .parse(args.to)
    },
  },
} as const satisfies Record<string, Act>
