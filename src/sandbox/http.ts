import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Json } from '../model/json.ts'

/** A request, read to its end. */
export interface Incoming {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

/** `cut`: the connection is torn down without an answer. `silence`: no answer, the connection stays. */
export type Reply = Answer | 'cut' | 'silence'

export type Handler = (request: Incoming) => Promise<Reply>

const largestBody = 4 * 1024 * 1024

export function jsonAnswer(
  status: number,
  value: Json,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  }
}

/** One header as text, '' when it is absent. */
export function header(request: Incoming, name: string): string {
  const value = request.headers[name]
  return Array.isArray(value) ? value.join(', ') : (value ?? '')
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > largestBody) throw new RangeError('the request is too large')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

async function serve(handler: Handler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request)
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`)
  const reply = await handler({ method: request.method ?? 'GET', url, headers: request.headers, body })
  if (reply === 'silence') return
  if (reply === 'cut') {
    request.socket.destroy()
    return
  }
  response.writeHead(reply.status, reply.headers)
  response.end(reply.body)
}

export interface HttpServer {
  readonly port: number
  close(): Promise<void>
}

/** Listens on loopback. Port 0 takes a free one. */
export function listenHttp(handler: Handler, port: number): Promise<HttpServer> {
  const server = createServer((request, response) => {
    serve(handler, request, response).catch((error: unknown) => {
      if (response.headersSent) return
      response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' })
      response.end(`The sandbox failed: ${error instanceof Error ? error.stack : String(error)}\n`)
    })
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      const address = server.address()
      if (address === null || typeof address === 'string') throw new TypeError('no port')
      resolve({
        port: address.port,
        close: () =>
          new Promise((done) => {
            server.close(() => done())
            server.closeAllConnections()
          }),
      })
    })
  })
}
