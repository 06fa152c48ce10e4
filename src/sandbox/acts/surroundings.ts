import * as z from 'zod'
import { putRecords } from '../tenant/dns-change.ts'
import type { SandboxState } from '../tenant/state.ts'
import { type Act, argument, textsOf } from './act.ts'

const traceSchema = z.object({
  otherMail: z.boolean().exactOptional(),
  vendorMail: z.enum(['while-routing', 'always']).exactOptional(),
})

function withoutCmdlet(state: SandboxState, cmdlets: readonly string[]): void {
  state.caller = { ...state.caller, without: [...new Set([...state.caller.without, ...cmdlets])] }
}

/** What happens around the tenant's objects: DNS, rights, the flow of mail. */
export const surroundingsActs = {
  'move-mx': {
    description: 'points the MX of a domain elsewhere {domain: contoso.com, host: Microsoft’s}',
    run: (state, args) => {
      const domain = argument(args, 'domain', 'contoso.com')
      const exchange = argument(args, 'host', `${domain.replaceAll('.', '-')}.mail.protection.outlook.com`)
      putRecords(state.dns, { name: domain, type: 'MX', ttl: 300, values: [`10 ${exchange}`] })
    },
  },
  'break-dns': {
    description: 'a domain’s name servers fail {domain: contoso.com}',
    run: (state, args) => {
      state.dns.serverFailure = [...state.dns.serverFailure, argument(args, 'domain', 'contoso.com')]
    },
  },
  'mend-dns': {
    description: 'all name servers answer again',
    run: (state) => {
      state.dns.serverFailure = []
    },
  },
  'set-mail': {
    description: 'what the message trace shows {otherMail: true|false, vendorMail: while-routing|always}',
    run: (state, args) => {
      state.trace = { ...state.trace, ...traceSchema.parse(args) }
    },
  },
  'take-rights': {
    description: 'the caller may no longer run some cmdlets {cmdlets: […]}',
    run: (state, args) => withoutCmdlet(state, textsOf(args.cmdlets)),
  },
  'set-roles': {
    description: 'the caller holds these roles and no others, with all their cmdlets {roles: […]}',
    run: (state, args) => {
      state.caller = { roles: textsOf(args.roles), without: [] }
    },
  },
} as const satisfies Record<string, Act>
