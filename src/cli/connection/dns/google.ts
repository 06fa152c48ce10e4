import { version } from '../../version.ts'
import { googleTokensFor } from '../google-tokens.ts'
import { needed, type ProviderDoor } from './provider.ts'

export const googleDoor: ProviderDoor = (input, endpoints) => {
  const { sandbox, environment, clock, attempts, context } = input
  const own = sandbox === undefined ? needed(environment, 'GOOGLE_CLOUD_PROJECT', 'google') : undefined
  const tokens = googleTokensFor(input, endpoints, 'itself')

  async function project(): Promise<string> {
    return own ?? (await import('../../../sandbox/dns/google/admission.ts')).cloudDnsProject
  }

  return async (delegation) => {
    const [{ openGoogleDns }, { forScope }, named] = await Promise.all([
      import('../../../../adapters/dns/providers/google.ts'),
      tokens(),
      project(),
    ])
    return openGoogleDns({
      ...(endpoints.google === undefined ? {} : { baseUrl: endpoints.google }),
      project: named,
      tokens: forScope,
      attempt: attempts.needed,
      clock,
      signal: context.leaving,
      userAgent: `offboard/${version}`,
      delegation,
    })
  }
}
