import type { Attempt } from '../../../src/model/attempt.ts'
import type { TokenSource } from '../../../src/model/credentials.ts'
import { InterruptedError, OffboardError, ServiceError } from '../../../src/model/errors.ts'
import type { Answer } from '../../../src/wire/answer.ts'
import type { GoogleRequest } from '../requests.ts'
import { failureError } from './failure.ts'
import { admitted, type Role, type Roots, type Sent } from './guard.ts'
import { type Pace, unpaced } from './pace.ts'
import { type SendOptions, send } from './send.ts'

export interface WireOptions extends SendOptions {
  readonly roots: Roots
  /** A source for each scope, so that a reader never holds a token that could write. */
  readonly tokens: (scope: string) => TokenSource
  readonly attempt: Attempt
  /** For the Policy API. */
  readonly pace: Pace
}

/** What is done with a request: through the guard, under the retry policy, paced, to a whole answer. */
export type Exchange = (sent: Sent) => Promise<Response>

/** The JSON of an answer that is none is a failure of the service, never "none". */
function assertAnswer(sent: Sent, row: GoogleRequest, answer: Answer): void {
  const { status, text } = answer
  if (status < 200 || status >= 300) throw failureError({ sent, row, answer })
  if (sent.method === 'DELETE') return
  if (text.trim() === '') throw new ServiceError({ tried: sent.tried, said: 'an empty answer' })
  try {
    JSON.parse(text)
  } catch {
    throw new ServiceError({ tried: sent.tried, said: 'an answer that is not JSON' })
  }
}

/** The answer as the library reads it. */
function asResponse({ text }: Answer): Response {
  if (text.trim() === '') return new Response(null, { status: 204 })
  return new Response(text, { status: 200, headers: { 'content-type': 'application/json' } })
}

/**
 * A policy that is half changed must not stay so: when the run was interrupted, the request is sent once all the
 * same, outside the policy for retries. What ends it then is the signal of the wire alone.
 */
function insisting(attempt: Attempt): Attempt {
  return async (effect, request) => {
    try {
      return await attempt(effect, request)
    } catch (error) {
      if (error instanceof OffboardError && !(error instanceof InterruptedError)) throw error
      return request()
    }
  }
}

export function exchangeOver(options: WireOptions, role: Role): { normal: Exchange; insisting: Exchange } {
  const { roots, tokens, pace } = options

  function over(attempt: Attempt): Exchange {
    return async (sent) => {
      const row = admitted(sent, role, roots)
      const inTurn = row.api === 'cloudidentity' ? pace : unpaced
      return attempt(row.method === 'GET' ? 'read' : 'write', async () => {
        const { value } = await tokens(row.scope).token()
        return inTurn(async () => {
          const answer = await send(sent, value, options)
          assertAnswer(sent, row, answer)
          return asResponse(answer)
        })
      })
    }
  }
  return { normal: over(options.attempt), insisting: over(insisting(options.attempt)) }
}
