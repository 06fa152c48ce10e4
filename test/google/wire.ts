import type { RequestListener } from 'node:http'
import type { WireOptions } from '../../adapters/google-workspace/wire/exchange.ts'
import { rootsOf } from '../../adapters/google-workspace/wire/guard.ts'
import { unpaced } from '../../adapters/google-workspace/wire/pace.ts'
import { type Served, serveAll } from '../graph/server.ts'

export const token = 'canary.8f3a7c51.token'

const open: Served[] = []

export function closeServed(): void {
  for (const served of open.splice(0)) served.close()
}

/** A server for one test, and the options of a wire to it. */
export async function serveGoogle(
  listener: RequestListener,
  given: Partial<WireOptions> = {},
): Promise<{ readonly served: Served; readonly options: WireOptions }> {
  const served = await serveAll(listener)
  open.push(served)
  const options: WireOptions = {
    roots: rootsOf(served.url),
    tokens: () => ({ token: async () => ({ value: token, expiresAt: new Date() }) }),
    attempt: (_effect, request) => request(),
    pace: unpaced,
    signal: new AbortController().signal,
    userAgent: 'offboard/test',
    fetch,
    timeoutMs: 500,
    ...given,
  }
  return { served, options }
}

export function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): RequestListener {
  return (_request, response) =>
    response
      .writeHead(status, { 'content-type': 'application/json', connection: 'close', ...headers })
      .end(JSON.stringify(body))
}
