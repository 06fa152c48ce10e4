import { randomUUID } from 'node:crypto'
import type { Middleware } from '@microsoft/microsoft-graph-client'
import { answerLost, type Patience, patienceOf } from '../../../src/wire/lost-answer.ts'
import { link, sentIn } from './link.ts'

export interface SendOptions extends Patience {
  readonly fetch: typeof fetch
  readonly userAgent: string
}

/** The end of the chain: sends the request, and reads the answer whole. A redirect is not followed. */
export function send(options: SendOptions): Middleware {
  return link(async (context) => {
    const { url, tried } = sentIn(context)
    const { method = 'GET', body = null } = context.options ?? {}
    const headers = new Headers(context.options?.headers)
    headers.set('accept', 'application/json')
    headers.set('user-agent', options.userAgent)
    headers.set('client-request-id', randomUUID())
    const signal = patienceOf(options)
    try {
      const answer = await options.fetch(url, { method, headers, body, signal, redirect: 'manual' })
      const text = await answer.text()
      context.response = new Response(text === '' ? null : text, {
        status: answer.status,
        headers: answer.headers,
      })
    } catch (error) {
      throw answerLost(tried, options, error)
    }
  })
}
