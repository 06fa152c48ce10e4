import { header, type Incoming } from '../../http.ts'
import { readJwt } from '../../login/jwt.ts'
import type { SandboxState } from '../../tenant/state.ts'
import { AzureRefusal } from './errors.ts'

/** The subscription that holds the sandbox's zones. */
export const azureSubscription = '5b1e6d4c-3a2f-4c8e-9d07-1f2a3b4c5d6e'

/** Whom a token for Azure Resource Manager may be made out to, in each cloud. */
export const azureAudiences: readonly string[] = [
  'https://management.azure.com',
  'https://management.core.windows.net',
  'https://management.usgovcloudapi.net',
  'https://management.chinacloudapi.cn',
]

/** Throws an AzureRefusal when the token is not one for this service, or the subscription is not there. */
export function admitAzure({ tenant }: SandboxState, request: Incoming, subscription: string): void {
  const [, token] = /^Bearer (\S+)$/.exec(header(request, 'authorization')) ?? []
  if (token === undefined)
    throw new AzureRefusal(
      401,
      'AuthenticationFailed',
      "Authentication failed. The 'Authorization' header is missing.",
    )
  const claims = readJwt(token)
  if (claims === undefined)
    throw new AzureRefusal(401, 'InvalidAuthenticationToken', 'The access token is invalid.')
  if (claims.exp === undefined || claims.exp * 1000 <= Date.now())
    throw new AzureRefusal(401, 'ExpiredAuthenticationToken', 'The access token expiry UTC time has passed.')
  if (![...azureAudiences, request.url.origin].includes(claims.aud?.replace(/\/$/, '') ?? ''))
    throw new AzureRefusal(
      401,
      'InvalidAuthenticationTokenAudience',
      'The access token has been obtained for wrong audience or resource.',
    )
  if (claims.tid?.toLowerCase() !== tenant.id)
    throw new AzureRefusal(
      401,
      'InvalidAuthenticationTokenTenant',
      'The access token is from the wrong issuer. It must match the tenant of the subscription.',
    )
  if (subscription.toLowerCase() !== azureSubscription)
    throw new AzureRefusal(
      404,
      'SubscriptionNotFound',
      `The subscription '${subscription}' could not be found.`,
    )
}
