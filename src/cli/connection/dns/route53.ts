import { version } from '../../version.ts'
import { needed, type ProviderDoor } from './provider.ts'

/**
 * Route 53 is one for all regions of a partition, and has one region by which its requests are signed, whatever
 * AWS_REGION says. https://docs.aws.amazon.com/general/latest/gr/r53.html
 */
const partitions = [
  { regions: 'cn-', signing: 'cn-northwest-1', url: 'https://route53.amazonaws.com.cn' },
  { regions: 'us-gov-', signing: 'us-gov-west-1', url: 'https://route53.us-gov.amazonaws.com' },
] as const
const commercial = { signing: 'us-east-1', url: 'https://route53.amazonaws.com' } as const

export const route53Door: ProviderDoor = ({ sandbox, environment, attempts, context }, { route53 }) => {
  const { AWS_REGION: region = '', AWS_SESSION_TOKEN: session } = environment
  const { signing, url } =
    (sandbox === undefined ? partitions.find(({ regions }) => region.startsWith(regions)) : undefined) ??
    commercial
  const own =
    sandbox === undefined
      ? {
          id: needed(environment, 'AWS_ACCESS_KEY_ID', 'route53'),
          secret: needed(environment, 'AWS_SECRET_ACCESS_KEY', 'route53'),
        }
      : undefined

  async function credentials() {
    if (own !== undefined)
      return {
        accessKeyId: own.id.reveal(),
        secretAccessKey: own.secret.reveal(),
        ...(session === undefined ? {} : { sessionToken: session.reveal() }),
      }
    const { route53Account } = await import('../../../sandbox/dns/route53/account.ts')
    const { accessKeyId, secretAccessKey } = route53Account
    return { accessKeyId, secretAccessKey }
  }

  return async (delegation) => {
    const { openRoute53 } = await import('../../../../adapters/dns/providers/route53.ts')
    return openRoute53({
      baseUrl: route53 ?? new URL(url),
      region: signing,
      credentials,
      attempt: attempts.needed,
      signal: context.leaving,
      userAgent: `offboard/${version}`,
      delegation,
    })
  }
}
