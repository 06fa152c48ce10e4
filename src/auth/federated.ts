import { clouds } from '../config/clouds.ts'
import { githubAssertion } from './github-assertion.ts'
import type { AuthMethod } from './method.ts'
import { readNamedFile } from './read-file.ts'
import { required } from './required.ts'

/** A token file wins over GitHub's own token: it was set on purpose. */
export const federated: AuthMethod = {
  id: 'federated',
  title: 'an application that trusts GitHub Actions, or a token file',
  unattended: true,
  variables: [
    ['AZURE_CLIENT_ID', 'AZURE_FEDERATED_TOKEN_FILE'],
    ['AZURE_CLIENT_ID', 'ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'],
  ],
  unavailable:
    'Set AZURE_CLIENT_ID and AZURE_FEDERATED_TOKEN_FILE, or run in a GitHub job with id-token: write.',
  async credential({ environment, cloud, tenant, login, signal }) {
    const clientId = required(environment, 'AZURE_CLIENT_ID', 'federated')
    const tokenFilePath = environment.AZURE_FEDERATED_TOKEN_FILE
    if (tokenFilePath !== undefined) {
      await readNamedFile(tokenFilePath, 'AZURE_FEDERATED_TOKEN_FILE')
      const { WorkloadIdentityCredential } = await import('@azure/identity')
      return new WorkloadIdentityCredential({ ...login.options, tenantId: tenant, clientId, tokenFilePath })
    }
    const url = required(environment, 'ACTIONS_ID_TOKEN_REQUEST_URL', 'federated')
    const token = required(environment, 'ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'federated').reveal()
    const audience = clouds[cloud].federatedAudience
    const { ClientAssertionCredential } = await import('@azure/identity')
    const assertion = () => githubAssertion({ url, token, audience, signal })
    return new ClientAssertionCredential(tenant, clientId, assertion, login.options)
  },
}
