import type { Middleware } from '@microsoft/microsoft-graph-client'
import { InternalError } from '../../../src/model/errors.ts'
import { requestFor } from '../permissions.ts'
import { link, sentIn } from './link.ts'

export type Role = 'reader' | 'writer'

/** What a request asks for, below `/v1.0`; undefined when it goes elsewhere. */
export function pathBelow(root: URL, url: URL): string | undefined {
  const isBelow = url.origin === root.origin && url.pathname.startsWith(root.pathname)
  return isBelow ? `/${url.pathname.slice(root.pathname.length)}` : undefined
}

/**
 * Lets nothing pass but the requests of the adapter's table, to its own service; of a reader, only those that read.
 * `root` ends with `/v1.0/`.
 */
export function guard(root: URL, role: Role): Middleware {
  return link(async (context, next) => {
    const { url, method, tried } = sentIn(context)
    const path = pathBelow(root, url)
    const row = path === undefined ? undefined : requestFor(method, path)
    if (row === undefined || (role === 'reader' && row.method !== 'GET'))
      throw new InternalError({ tried, said: `a ${role} does not send ${method} ${path ?? url.origin}` })
    await next(context)
  })
}
