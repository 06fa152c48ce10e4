import type { Answer } from '../../../src/wire/answer.ts'
import { answerLost, type Patience, patienceOf } from '../../../src/wire/lost-answer.ts'
import { assertUsableToken } from '../../../src/wire/usable-token.ts'
import type { Sent } from './guard.ts'

export interface SendOptions extends Patience {
  readonly fetch: typeof fetch
  readonly userAgent: string
}

/** Sends with a token, and reads the answer whole. A redirect is not followed. */
export async function send(sent: Sent, token: string, options: SendOptions): Promise<Answer> {
  const { url, method, body, tried } = sent
  assertUsableToken(token, tried)
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
