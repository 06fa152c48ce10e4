import type { TokenSource } from '../../../src/model/credentials.ts'
import { UsageError } from '../../../src/model/errors.ts'
import type { Http, HttpRequest } from '../http.ts'

/** A header with other characters is refused by the HTTP library in an error that shows the whole of it. */
async function usableToken(tokens: TokenSource, tried: string): Promise<string> {
  const { value } = await tokens.token()
  if (/^[\x21-\x7e]+$/.test(value)) return value
  throw new UsageError({
    tried,
    said: 'the access token is empty or holds characters that no token has',
    hint: 'Get a new access token.',
  })
}

/** Adds the access token. An answer 401 gets one fresh token, if the source has another. */
export function authorised(http: Http, tokens: TokenSource): Http {
  async function send(request: HttpRequest, token: string) {
    const headers = { ...request.headers, authorization: `Bearer ${token}` }
    const answer = await http({ ...request, headers })
    return { ...answer, text: answer.text.replaceAll(token, '[token]') }
  }
  return async (request) => {
    const token = await usableToken(tokens, request.tried)
    const answer = await send(request, token)
    if (answer.status !== 401) return answer
    const fresh = await usableToken(tokens, request.tried)
    return fresh === token ? answer : send(request, fresh)
  }
}
