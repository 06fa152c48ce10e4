import type { AuthMethod } from './method.ts'
import { required } from './required.ts'

export const clientSecret: AuthMethod = {
  id: 'secret',
  title: 'an application with a client secret',
  unattended: true,
  variables: [['AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET']],
  unavailable: 'Set AZURE_CLIENT_ID and AZURE_CLIENT_SECRET.',
  async credential({ environment, tenant, login }) {
    const clientId = required(environment, 'AZURE_CLIENT_ID', 'secret')
    const value = required(environment, 'AZURE_CLIENT_SECRET', 'secret').reveal()
    const { ClientSecretCredential } = await import('@azure/identity')
    return new ClientSecretCredential(tenant, clientId, value, login.options)
  },
}
