import type { Middleware } from '@microsoft/microsoft-graph-client'
import type { Attempt } from '../../../src/model/attempt.ts'
import { link, sentIn } from './link.ts'

/** Sends under the retry policy that was handed in. The client's own would repeat writes. */
export function retry(attempt: Attempt): Middleware {
  return link((context, next) =>
    attempt(sentIn(context).method === 'GET' ? 'read' : 'write', () => next(context)),
  )
}
