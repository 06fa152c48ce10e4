import type { AccessToken, TokenSource } from '../model/credentials.ts'

/** A token that ends sooner is not used for a new request. */
const marginMs = 5 * 60_000

/** Keeps a token until it is near its end; callers that ask at the same time share one request. */
export function reuseToken(request: () => Promise<AccessToken>, now: () => Date): TokenSource {
  let held: AccessToken | undefined
  let pending: Promise<AccessToken> | undefined
  const renew = async () => {
    try {
      held = await request()
      return held
    } finally {
      pending = undefined
    }
  }
  return {
    async token() {
      if (held !== undefined && held.expiresAt.getTime() - now().getTime() > marginMs) return held
      pending ??= renew()
      return pending
    },
  }
}
