import { createServer, type IncomingMessage, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import { matchOperation } from '../../src/sandbox/graph/match.ts'

/** What happens to a request: before it goes on, or when its answer is there and not yet given. */
export type Moment = 'arrived' | 'answered'

/** Stands before a sandbox on loopback and tells of every request. */
export interface Proxy extends AsyncDisposable {
  readonly url: string
  /** How many requests have arrived. */
  readonly count: () => number
}

/** The cmdlet of a request to Exchange, or the name of one to Microsoft Graph; empty for all others. */
function nameOf({ headers, method = '', url = '' }: IncomingMessage): string {
  const [, path] = /^\/v1\.0(\/[^?]*)/.exec(url) ?? []
  if (path !== undefined) return matchOperation(method, path)?.operation.name ?? ''
  return String(headers['x-cmdletname'] ?? '')
}

/**
 * `onRequest` is told the number of the request, the first is 1, and its name, at both moments. The request, or its
 * answer, goes on when it has done its work, and does not when that answers 'drop'.
 */
export async function openProxy(
  target: string,
  onRequest: (moment: Moment, number: number, cmdlet: string) => unknown,
): Promise<Proxy> {
  const { hostname, port } = new URL(target)
  let arrived = 0
  const server = createServer(async (incoming, outgoing) => {
    arrived += 1
    const number = arrived
    const cmdlet = nameOf(incoming)
    if ((await onRequest('arrived', number, cmdlet)) === 'drop') return void outgoing.destroy()
    const own = { host: incoming.headers.host ?? '' }
    const forwarded = send(
      {
        hostname,
        port,
        method: incoming.method,
        path: incoming.url,
        headers: { ...incoming.headers, ...own },
      },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', async () => {
          if ((await onRequest('answered', number, cmdlet)) === 'drop') return void outgoing.destroy()
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
          outgoing.end(Buffer.concat(chunks))
        })
        answer.on('error', () => outgoing.destroy())
      },
    )
    forwarded.on('error', () => outgoing.destroy())
    outgoing.on('error', () => {})
    incoming.on('error', () => {})
    incoming.pipe(forwarded)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${address.port}`,
    count: () => arrived,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
