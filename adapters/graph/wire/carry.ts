import { GraphClientError, type Middleware } from '@microsoft/microsoft-graph-client'
import { link } from './link.ts'

/**
 * The client replaces whatever its chain throws by an error of its own and keeps nothing of it, except for errors
 * of one class. The outermost link wraps all errors in that class; `uncarried` takes them out again.
 */
export function carry(): Middleware {
  return link(async (context, next) => {
    try {
      await next(context)
    } catch (error) {
      const carrier = new GraphClientError('the chain failed')
      carrier.customError = error
      throw carrier
    }
  })
}

/** The error that the chain threw. */
export function uncarried(error: unknown): unknown {
  return error instanceof GraphClientError && error.customError !== undefined ? error.customError : error
}
