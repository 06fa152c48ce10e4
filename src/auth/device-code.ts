import { withoutHidden } from '../config/visible.ts'
import { UsageError } from '../model/errors.ts'
import type { AuthMethod } from './method.ts'

/** The public client of Microsoft's Exchange Online module: seen in public code, not documented for others. */
const exchangeModuleClientId = 'fb78d390-0c51-40cd-8e17-fdbfab77341b'

export const deviceCode: AuthMethod = {
  id: 'device-code',
  title: 'a person who signs in with a browser',
  unattended: false,
  variables: [],
  unavailable: 'Sign in with a browser where the code is shown, or choose another --auth.',
  async credential({ environment, tenant, login, prompt }) {
    if (prompt === undefined) {
      throw new UsageError({
        tried: 'use --auth device-code',
        said: 'nobody is there to sign in',
        hint: 'Run it in a terminal, or choose certificate, secret, federated, managed-identity or token.',
      })
    }
    const { DeviceCodeCredential } = await import('@azure/identity')
    return new DeviceCodeCredential({
      ...login.options,
      tenantId: tenant,
      clientId: environment.AZURE_CLIENT_ID ?? exchangeModuleClientId,
      userPromptCallback: ({ userCode, verificationUri }) =>
        prompt(withoutHidden(`To sign in, open ${verificationUri} and enter the code ${userCode}.`)),
    })
  },
}
