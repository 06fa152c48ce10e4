import { version } from '../../version.ts'
import { needed, type ProviderDoor } from './provider.ts'

/** A token that does not say when it ends; Cloudflare refuses it when it has. */
const assumedMs = 3_600_000

export const cloudflareDoor: ProviderDoor = ({ sandbox, environment, attempts, context }, { cloudflare }) => {
  const own = sandbox === undefined ? needed(environment, 'CLOUDFLARE_API_TOKEN', 'cloudflare') : undefined

  async function token(): Promise<string> {
    if (own !== undefined) return own.reveal()
    return (await import('../../../sandbox/dns/cloudflare/account.ts')).cloudflareAccount.token
  }

  return async (delegation) => {
    const { openCloudflare } = await import('../../../../adapters/dns/providers/cloudflare.ts')
    return openCloudflare({
      baseUrl: cloudflare,
      tokens: {
        token: async () => ({ value: await token(), expiresAt: new Date(Date.now() + assumedMs) }),
      },
      attempt: attempts.needed,
      signal: context.leaving,
      userAgent: `offboard/${version}`,
      delegation,
    })
  }
}
