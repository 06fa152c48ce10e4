import { header, type Incoming } from '../../http.ts'
import { cloudflareAccount } from './account.ts'
import { CloudflareRefusal, notAllowed } from './errors.ts'

/** Throws a CloudflareRefusal when the token is none of the account's, or may only read. */
export function admitCloudflare(request: Incoming): void {
  const [, token] = /^Bearer ([\w-]{40,})$/.exec(header(request, 'authorization')) ?? []
  if (token === undefined)
    throw new CloudflareRefusal(400, 6003, 'Invalid request headers', [
      { code: 6111, message: 'Invalid format for Authorization header' },
    ])
  const { token: whole, readToken } = cloudflareAccount
  if (token !== whole && token !== readToken) throw new CloudflareRefusal(403, 9109, 'Invalid access token')
  if (token === readToken && request.method !== 'GET') throw notAllowed()
}
