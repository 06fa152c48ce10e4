import { UsageError } from '../../../src/model/errors.ts'
import { answerLost, type Patience, patienceOf } from '../../../src/wire/lost-answer.ts'
import type { Sent } from './guard.ts'

export interface SendOptions extends Patience {
  readonly fetch: typeof fetch
  readonly userAgent: string
}

/** An answer, read whole. The access token does not stand in it. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** A header with other characters is refused by the HTTP library in an error that shows the whole of it. */
function assertUsable(token: string, tried: string): void {
  if (/^[\x21-\x7e]+$/.test(token)) return
  throw new UsageError({
    tried,
    said: 'the access token is empty or holds characters that no token has',
    hint: 'Get a new access token.',
  })
}

/** Sends with a token, and reads the answer whole. A redirect is not followed. */
export async function send(sent: Sent, token: string, options: SendOptions): Promise<Answer> {
  const { url, method, body, tried } = sent
  assertUsable(token, tried)
  const headers = new Headers({
    accept: 'application/json',
    authorization: `Bearer ${token}`,
    'user-agent': options.userAgent,
  })
  if (body !== null) headers.set('content-type', 'application/json')
  const signal = patienceOf(options)
  try {
    const answer = await options.fetch(url, { method, headers, body, signal, redirect: 'manual' })
    const text = (await answer.text()).replaceAll(token, '[token]')
    return { status: answer.status, headers: answer.headers, text }
  } catch (error) {
    throw answerLost(tried, options, error)
  }
}
