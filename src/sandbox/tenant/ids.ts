import { createHash } from 'node:crypto'

/** A GUID that is the same for the same seed. */
export function guidOf(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

/** An id of 43 letters, as Graph gives to grants; the same for the same seed. */
export function opaqueId(seed: string): string {
  return createHash('sha256').update(seed).digest('base64url')
}

export const tenantIds = {
  'contoso.onmicrosoft.com': 'c0a70501-5a11-4b0c-8f00-0000c0175050',
  'fabrikam-other.onmicrosoft.com': 'fab71ca4-0000-4b0c-8f00-00000000beef',
} as const
