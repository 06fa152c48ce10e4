import { UsageError } from '../model/errors.ts'
import { guidPattern } from './guid.ts'
import { hostName } from './host-name.ts'
import { quoted } from './visible.ts'

/** A Microsoft 365 tenant as the operator names it: by id, or by one of its verified domains. Lower case. */
export interface TenantName {
  readonly kind: 'id' | 'domain'
  readonly value: string
}

/**
 * Reads a tenant's id or domain. International domains become ASCII.
 * @param source where it was given, `--tenant` or `OFFBOARD_TENANT`: named in the UsageError.
 */
export function parseTenant(text: string, source: string): TenantName {
  if (guidPattern.test(text.trim())) return { kind: 'id', value: text.trim().toLowerCase() }
  const domain = hostName(text)
  if (domain !== undefined) return { kind: 'domain', value: domain }
  throw new UsageError({
    tried: `read ${source}`,
    said: `${quoted(text)} is neither a tenant id nor a domain`,
    hint: "Give the tenant's id, or one of its verified domains, such as contoso.onmicrosoft.com.",
  })
}
