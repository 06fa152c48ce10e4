import type { Context, Middleware } from '@microsoft/microsoft-graph-client'
import { InternalError } from '../../../src/model/errors.ts'

/** Hands a request on to the next link of the chain, which leaves its answer in the context. */
export type Next = (context: Context) => Promise<void>

/** A link of the Graph client's chain, from a function. */
export function link(run: (context: Context, next: Next) => Promise<void>): Middleware {
  let following: Middleware | undefined
  const next: Next = async (context) => {
    if (following === undefined)
      throw new InternalError({ tried: 'send a request to Graph', said: 'the chain has no end' })
    await following.execute(context)
  }
  return {
    execute: (context) => run(context, next),
    setNext(middleware) {
      following = middleware
    },
  }
}

/** The address, method and purpose of a request. */
export interface Sent {
  readonly url: URL
  readonly method: string
  /** What it is sent for, as a phrase. */
  readonly tried: string
}

/** Tells the chain what a request is for: the client hands it through. */
export class Purpose {
  readonly tried: string

  constructor(tried: string) {
    this.tried = tried
  }
}

export function sentIn({ request, options, middlewareControl }: Context): Sent {
  const url = new URL(typeof request === 'string' ? request : request.url)
  const method = (options?.method ?? 'GET').toUpperCase()
  const purpose = middlewareControl?.getMiddlewareOptions(Purpose)
  return { url, method, tried: purpose instanceof Purpose ? purpose.tried : `send ${method} to Graph` }
}

/** The answer that a link further down left. */
export function answerIn({ response }: Context): Response {
  if (response !== undefined) return response
  throw new InternalError({
    tried: 'read the answer of Graph',
    said: 'no link of the chain has sent the request',
  })
}
