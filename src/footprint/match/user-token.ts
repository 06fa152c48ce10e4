import type { Footprint } from '../../model/footprint.ts'
import type { Verdict } from '../../model/platform.ts'
import type { TenantObject } from '../../model/resource.ts'
import { text } from '../properties.ts'

/** The client id alone makes a consent the vendor's: an application may call itself anything. */
export function matchUserToken(token: TenantObject, { clients, appNames }: Footprint): Verdict {
  const client = text(token, 'clientId') ?? ''
  if (clients.includes(client)) return { is: 'vendor', reason: `you named its client id ${client}` }
  const shown = text(token, 'displayText') ?? ''
  const folded = shown.toLowerCase().replaceAll(/\s+/g, ' ')
  const name = appNames.find((vendor) => folded.includes(vendor))
  if (name === undefined) return { is: 'other' }
  return {
    is: 'lookalike',
    reason: `the application calls itself "${shown}"; only its client id could tell whose it is`,
  }
}
