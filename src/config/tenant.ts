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

/** Throws a UsageError when a tenant's id is of another service than the platform's. A domain may be of any. */
export function assertTenantOf(platform: PlatformId, tenant: string, source: string): void {
  const { kind } = parseTenant(tenant, source)
  const isGoogle = platform === 'google-workspace'
  if (kind !== (isGoogle ? 'id' : 'customer')) return
  throw new UsageError({
    tried: `read ${source} for the platform ${platform}`,
    said: `${quoted(tenant)} is the id of a ${isGoogle ? 'Microsoft 365 tenant' : 'Google Workspace customer'}`,
    hint: isGoogle ? hints.google : hints.microsoft,
  })
}
