import { createServer, type RequestListener } from 'node:http'

/** A server for one test, on loopback. */
export interface Served {
  readonly url: URL
  /** Method and path of what has reached it. */
  readonly requests: readonly string[]
  close(): void
}

export async function serveAll(listener: RequestListener): Promise<Served> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    listener(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: new URL(`http://127.0.0.1:${address.port}/`),
    requests,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
