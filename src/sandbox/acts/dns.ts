import * as z from 'zod'
import { txtOf } from '../dns/values.ts'
import { setOf } from '../dns/zones.ts'
import { otherNames } from '../scenarios/other/names.ts'
import { putRecords, zoneNamed } from '../tenant/dns-change.ts'
import { isScannerHost } from '../tenant/routing.ts'
import type { DnsState, SandboxState } from '../tenant/state.ts'
import { type Act, argument } from './act.ts'

const recordsSchema = z.object({
  name: z.string(),
  type: z.string(),
  ttl: z.number().int().nonnegative().default(300),
  values: z.array(z.string()),
})

/** Rewrites the values of a set; its TTL stays. */
function rewrite(
  dns: DnsState,
  name: string,
  type: 'MX' | 'TXT',
  change: (values: readonly string[]) => readonly string[],
): void {
  const { ttl = 3600, values = [] } = setOf(zoneNamed(dns, name), name, type) ?? {}
  putRecords(dns, { name, type, ttl, values: change(values) })
}

function domainOf(args: Parameters<Act['run']>[1]): string {
  return argument(args, 'domain', otherNames.domain)
}

/** Not one at Amazon SES, which may be anybody's. */
function isVendors(host: string): boolean {
  return isScannerHost(host) && !host.startsWith('inbound-smtp.')
}

function removeMx({ dns }: SandboxState, args: Parameters<Act['run']>[1]): void {
  const named = argument(args, 'host', '')
  const goes = (host: string) => (named === '' ? isVendors(host) : host === named)
  rewrite(dns, domainOf(args), 'MX', (values) => values.filter((value) => !goes(value.split(' ')[1] ?? '')))
}

/** What a person types at the DNS provider, or somebody else changes there. */
export const dnsActs = {
  'add-previous-mx': {
    description: 'adds an MX record {domain: contoso.com, host: mail.DOMAIN, preference: 10}',
    run: ({ dns }, args) => {
      const domain = domainOf(args)
      const preference = typeof args.preference === 'number' ? args.preference : 10
      const value = `${preference} ${argument(args, 'host', `mail.${domain}`)}`
      rewrite(dns, domain, 'MX', (values) => [...values.filter((one) => one !== value), value])
    },
  },
  'remove-vendor-mx': {
    description: 'removes MX records {domain: contoso.com, host: all of the vendor’s}',
    run: removeMx,
  },
  'remove-vendor-txt': {
    description: 'removes a value at _amazonses {domain: contoso.com, value: the vendor’s}',
    run: ({ dns }, args) => {
      const gone = txtOf(argument(args, 'value', otherNames.vendorTxt))
      rewrite(dns, `_amazonses.${domainOf(args)}`, 'TXT', (values) =>
        values.filter((value) => value !== gone),
      )
    },
  },
  'set-records': {
    description: 'writes a record set; no values: it goes {name, type, ttl: 300, values: […]}',
    run: ({ dns }, args) => putRecords(dns, recordsSchema.parse(args)),
  },
  'set-smtp': {
    description: 'how mail servers answer {state: answers|no-starttls|silent}',
    run: ({ dns }, args) => {
      dns.smtp = z.enum(['answers', 'no-starttls', 'silent']).default('silent').parse(args.state)
    },
  },
} as const satisfies Record<string, Act>
