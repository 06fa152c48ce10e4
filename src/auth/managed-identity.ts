import type { AuthMethod } from './method.ts'

/** The identity of the machine. Its tokens are always of the tenant in which it lives. */
export const managedIdentity: AuthMethod = {
  id: 'managed-identity',
  title: 'the identity of the Azure machine, in its own tenant',
  unattended: true,
  variables: [],
  unavailable: 'Use it on an Azure machine that has a managed identity, or choose another --auth.',
  async credential({ environment, login }) {
    const { ManagedIdentityCredential } = await import('@azure/identity')
    const clientId = environment.AZURE_CLIENT_ID
    const options = { ...login.options, httpClient: login.machineClient }
    return new ManagedIdentityCredential(clientId === undefined ? options : { ...options, clientId })
  },
}
