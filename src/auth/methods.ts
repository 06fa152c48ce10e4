import { azureCli } from './azure-cli.ts'
import { certificate } from './certificate.ts'
import { clientSecret } from './client-secret.ts'
import { deviceCode } from './device-code.ts'
import { federated } from './federated.ts'
import { givenToken } from './given-token.ts'
import { managedIdentity } from './managed-identity.ts'
import type { AuthMethod, AuthMethodId } from './method.ts'

/** Every `--auth`. */
export const authMethods: Readonly<Record<AuthMethodId, AuthMethod>> = {
  certificate,
  secret: clientSecret,
  federated,
  'managed-identity': managedIdentity,
  'device-code': deviceCode,
  'azure-cli': azureCli,
  token: givenToken,
}
