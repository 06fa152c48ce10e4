import { defaultUrl } from '../../../config/clouds.ts'
import { version } from '../../version.ts'
import { tokensFor } from '../tokens.ts'
import { needed, type ProviderDoor } from './provider.ts'

/** The subscription's tenant is that of the credential, which need not know the domain that is taken off. */
export const azureDoor: ProviderDoor = (input, { azure, login }) => {
  const { sandbox, environment, options, attempts, context } = input
  const own = sandbox === undefined ? needed(environment, 'AZURE_SUBSCRIPTION_ID', 'azure') : undefined
  const tenant = sandbox?.tenant ?? environment.AZURE_TENANT_ID ?? input.tenant
  const scope = new URL('/.default', defaultUrl('azure', options.cloud ?? 'global')).href
  const tokens = tokensFor({ ...input, tenant }, login, scope)

  async function subscription(): Promise<string> {
    return own ?? (await import('../../../sandbox/dns/azure/admission.ts')).azureSubscription
  }

  return async (delegation) => {
    const [{ openAzureDns }, subscriptionId] = await Promise.all([
      import('../../../../adapters/dns/providers/azure.ts'),
      subscription(),
    ])
    return openAzureDns({
      baseUrl: azure,
      subscriptionId,
      tokens,
      attempt: attempts.needed,
      signal: context.leaving,
      userAgent: `offboard/${version}`,
      delegation,
    })
  }
}
