import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { ServiceError, UsageError } from '../../src/model/errors.ts'
import { http } from './http.ts'

const closers: (() => void)[] = []

afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function serve(listener: RequestListener): Promise<URL> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return new URL(`http://127.0.0.1:${address.port}/`)
}

function get(url: URL, timeoutMs = 1000) {
  const send = http({ fetch, signal: new AbortController().signal, timeoutMs })
  return send({ url, method: 'GET', headers: { authorization: 'Bearer t' }, tried: 'read' })
}

describe('one request', () => {
  it('does not follow a redirect, so that the token stays at home', async () => {
    const visits: (string | undefined)[] = []
    const elsewhere = await serve((request, response) => {
      visits.push(request.headers.authorization)
      response.end('{}')
    })
    const home = await serve((_request, response) =>
      response.writeHead(307, { location: elsewhere.href }).end(),
    )
    await expect(get(home)).rejects.toBeInstanceOf(UsageError)
    expect(visits).toEqual([])
  })

  it('waits for the whole answer, and not for ever', async () => {
    const url = await serve((_request, response) => response.writeHead(200).write('{'))
    const lost = get(url, 100)
    await expect(lost).rejects.toBeInstanceOf(ServiceError)
    await expect(lost).rejects.toThrow('no answer within 0.1 s')
  })

  it('whose answer breaks off is lost', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{')
      setImmediate(() => response.destroy())
    })
    await expect(get(url)).rejects.toBeInstanceOf(ServiceError)
  })
})
