import type { Context, Middleware } from '@microsoft/microsoft-graph-client'
import type { TokenSource } from '../../../src/model/credentials.ts'
import { InternalError, UsageError } from '../../../src/model/errors.ts'
import { answerIn, link, type Next, sentIn } from './link.ts'

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

/** The same answer, in which the token does not stand. */
async function withoutToken(answer: Response, token: string): Promise<Response> {
  if (answer.body === null) return answer
  const text = (await answer.text()).replaceAll(token, '[token]')
  return new Response(text, { status: answer.status, headers: answer.headers })
}

async function sendWith(token: string, context: Context, next: Next): Promise<Response> {
  const headers = new Headers(context.options?.headers)
  headers.set('authorization', `Bearer ${token}`)
  const authorised: Context = { ...context, options: { ...context.options, headers } }
  await next(authorised)
  return withoutToken(answerIn(authorised), token)
}

/** Adds the access token, for its own origin alone. An answer 401 gets one fresh token, if the source has another. */
export function bearer(tokens: TokenSource, origin: string): Middleware {
  return link(async (context, next) => {
    const { url, tried } = sentIn(context)
    if (url.origin !== origin)
      throw new InternalError({ tried, said: `the access token is not for ${url.origin}` })
    const token = await usableToken(tokens, tried)
    context.response = await sendWith(token, context, next)
    if (context.response.status !== 401) return
    const fresh = await usableToken(tokens, tried)
    if (fresh !== token) context.response = await sendWith(fresh, context, next)
  })
}
