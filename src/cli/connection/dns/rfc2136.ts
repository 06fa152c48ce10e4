import { resolve } from 'node:path'
import { UsageError } from '../../../model/errors.ts'
import { needed, type ProviderDoor } from './provider.ts'

const dnsPort = 53

export const rfc2136Door: ProviderDoor = ({ sandbox, environment, attempts, context }) => {
  if (sandbox !== undefined)
    throw new UsageError({
      tried: 'use --dns rfc2136 in the sandbox',
      said: 'the sandbox takes no dynamic updates',
      hint: 'Use --dns cloudflare, route53, azure or google there, or manual.',
    })
  const server = needed(environment, 'OFFBOARD_RFC2136_SERVER', 'rfc2136')
  const keyFile = needed(environment, 'OFFBOARD_RFC2136_KEY_FILE', 'rfc2136')
  return async () => {
    const { openRfc2136 } = await import('../../../../adapters/dns/providers/rfc2136.ts')
    return openRfc2136({
      server: { address: server.address, port: server.port ?? dnsPort },
      keyFile: resolve(context.cwd, keyFile),
      attempt: attempts.needed,
      signal: context.leaving,
    })
  }
}
