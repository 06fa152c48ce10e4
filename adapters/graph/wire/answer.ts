import type { Middleware } from '@microsoft/microsoft-graph-client'
import { ServiceError, UsageError } from '../../../src/model/errors.ts'
import { failureError } from './failure.ts'
import { pathBelow } from './guard.ts'
import { answerIn, link, sentIn } from './link.ts'

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

/**
 * Lets only whole answers through: an object, or none where Graph says that there is none. What is anything else is
 * an error of the family, so that the retry policy sees it.
 */
export function answer(root: URL): Middleware {
  return link(async (context, next) => {
    await next(context)
    const sent = sentIn(context)
    const response = answerIn(context)
    const { status, headers } = response
    const text = await response.text()
    const path = pathBelow(root, sent.url) ?? '/'
    if (status >= 300 && status < 400)
      throw new UsageError({
        tried: sent.tried,
        said: `${sent.url.origin} redirects elsewhere (HTTP ${status}), which is not followed`,
        hint: 'Check the endpoint and the proxy.',
      })
    if (!response.ok) throw failureError({ sent, path, status, headers, text })
    if (status === 204) return
    if (!isJsonObject(text))
      throw new ServiceError({
        tried: sent.tried,
        said: text.trim() === '' ? 'an empty answer' : 'an answer that is not JSON',
        hint: 'Check the endpoint and the proxy, then try again.',
      })
    context.response = new Response(text, { status, headers: { 'content-type': 'application/json' } })
  })
}
