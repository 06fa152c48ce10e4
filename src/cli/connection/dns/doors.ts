import type { DnsProviderId } from '../../../model/words.ts'
import { azureDoor } from './azure.ts'
import { cloudflareDoor } from './cloudflare.ts'
import { googleDoor } from './google.ts'
import type { ProviderDoor } from './provider.ts'
import { rfc2136Door } from './rfc2136.ts'
import { route53Door } from './route53.ts'

/** How each provider is reached; undefined where a person writes the zone. */
export const doors: Readonly<Record<DnsProviderId, ProviderDoor | undefined>> = {
  manual: undefined,
  rfc2136: rfc2136Door,
  cloudflare: cloudflareDoor,
  route53: route53Door,
  azure: azureDoor,
  google: googleDoor,
}
