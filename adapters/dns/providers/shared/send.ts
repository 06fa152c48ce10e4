import type { TokenSource } from '../../../../src/model/credentials.ts'
import { ServiceError } from '../../../../src/model/errors.ts'
import type { Answer } from '../../../../src/wire/answer.ts'
import { answerLost, type Patience, patienceOf } from '../../../../src/wire/lost-answer.ts'
import { assertUsableToken } from '../../../../src/wire/usable-token.ts'

/** A request of a client library, before a token is put to it. */
export interface Sent {
  readonly url: URL
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  /** What it is sent for, as a phrase. */
  readonly tried: string
}

export interface SendOptions extends Patience {
  readonly fetch: typeof fetch
}

/** Sends a request with what it needs to be let in, and reads the answer whole. A redirect is not followed. */
export async function sendWhole(
  { url, method, headers, body, tried }: Sent,
  options: SendOptions,
): Promise<Answer> {
  const signal = patienceOf(options)
  try {
    const answer = await options.fetch(url, { method, headers, body, signal, redirect: 'manual' })
    return { status: answer.status, headers: answer.headers, text: await answer.text() }
  } catch (error) {
    throw answerLost(tried, options, error)
  }
}

/** Sends with a bearer token, and reads the answer whole. A redirect is not followed. */
export async function sendWithToken(sent: Sent, tokens: TokenSource, options: SendOptions): Promise<Answer> {
  const { value } = await tokens.token()
  assertUsableToken(value, sent.tried)
  const headers = new Headers(sent.headers)
  headers.set('authorization', `Bearer ${value}`)
  const answer = await sendWhole({ ...sent, headers: Object.fromEntries(headers) }, options)
  return { ...answer, text: answer.text.replaceAll(value, '[token]') }
}

/** Refuses what is no JSON: an answer without content is a failure of the service, never "none". */
export function assertJson({ text }: Answer, tried: string): void {
  if (text.trim() === '') throw new ServiceError({ tried, said: 'an empty answer' })
  try {
    JSON.parse(text)
  } catch {
    throw new ServiceError({ tried, said: 'an answer that is not JSON' })
  }
}
