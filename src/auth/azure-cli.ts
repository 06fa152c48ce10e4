import type { AuthMethod } from './method.ts'

export const azureCli: AuthMethod = {
  id: 'azure-cli',
  title: 'the account that the Azure CLI is signed in with',
  unattended: false,
  variables: [],
  unavailable: 'Install the Azure CLI and sign in: az login --allow-no-subscriptions',
  async credential({ tenant }) {
    const { AzureCliCredential } = await import('@azure/identity')
    return new AzureCliCredential({ tenantId: tenant })
  },
}
