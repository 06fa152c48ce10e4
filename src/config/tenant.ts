import { UsageError } from '../model/errors.ts'
import type { PlatformId } from '../model/words.ts'
import { guidPattern } from './guid.ts'
import { hostName } from './host-name.ts'
import { quoted } from './visible.ts'

/**
 * A tenant as the operator names it: by one of its verified domains, or by its id, which is a GUID at Microsoft and
 * `C03az79cb` at Google. Lower case, but for Google's ids.
 */
export interface TenantName {
  readonly kind: 'id' | 'customer' | 'domain'
  readonly value: string
}

/** https://developers.google.com/workspace/admin/directory/reference/rest/v1/customers */
const customerPattern = /^(?:C[a-z0-9]{5,}|c0[a-z0-9]{4,})$/

const hints = {
  microsoft: "Give the tenant's id, or one of its verified domains, such as contoso.onmicrosoft.com.",
  google: 'Give the customer id, such as C03az79cb, or the primary domain.',
  dns: 'The platform other knows a tenant by its domain: give that, or name it with --domain.',
}

/**
 * Reads a tenant's id or domain. International domains become ASCII.
 * @param source where it was given, `--tenant` or `OFFBOARD_TENANT`: named in the UsageError.
 */
export function parseTenant(text: string, source: string): TenantName {
  const name = text.trim()
  if (guidPattern.test(name)) return { kind: 'id', value: name.toLowerCase() }
  if (customerPattern.test(name)) return { kind: 'customer', value: name }
  const domain = hostName(text)
  if (domain !== undefined) return { kind: 'domain', value: domain }
  throw new UsageError({
    tried: `read ${source}`,
    said: `${quoted(text)} is neither a tenant id nor a domain`,
    hint: `${hints.microsoft} For Google Workspace: the customer id, such as C03az79cb, or the primary domain.`,
  })
}

const owners = {
  id: 'a Microsoft 365 tenant',
  customer: 'a Google Workspace customer',
} satisfies Record<Exclude<TenantName['kind'], 'domain'>, string>

/** Of which service the ids of a platform's tenants are; `other` has domains alone. */
const services = {
  'm365-inline': { id: 'id', hint: hints.microsoft },
  'm365-api': { id: 'id', hint: hints.microsoft },
  'google-workspace': { id: 'customer', hint: hints.google },
  other: { id: 'domain', hint: hints.dns },
} satisfies Record<PlatformId, { readonly id: TenantName['kind']; readonly hint: string }>

/** Throws a UsageError when a tenant's id is of another service than the platform's. A domain may be of any. */
export function assertTenantOf(platform: PlatformId, tenant: string, source: string): void {
  const { kind } = parseTenant(tenant, source)
  const { id, hint } = services[platform]
  if (kind === 'domain' || kind === id) return
  throw new UsageError({
    tried: `read ${source} for the platform ${platform}`,
    said: `${quoted(tenant)} is the id of ${owners[kind]}`,
    hint,
  })
}
