import type { RequestListener } from 'node:http'
import { inspect } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { InternalError, PermissionError, UsageError } from '../../../src/model/errors.ts'
import { type Served, serveAll } from '../../../test/graph/server.ts'
import { graphReader } from '../transport.ts'
import { bearer } from './bearer.ts'

const canary = 'canary.8f3a7c51.token'
const open: Served[] = []

afterEach(() => {
  for (const served of open.splice(0)) served.close()
})

/** Hands the tokens out one after the other, and then the last one for ever. */
async function readWith(tokens: readonly string[], listener: RequestListener): Promise<unknown> {
  const served = await serveAll(listener)
  open.push(served)
  const left = [...tokens]
  const next = () => (left.length > 1 ? left.shift() : left[0]) ?? ''
  const reader = graphReader({
    baseUrl: served.url,
    tokens: { token: async () => ({ value: next(), expiresAt: new Date() }) },
    attempt: (_effect, request) => request(),
    signal: new AbortController().signal,
    userAgent: 'offboard/test',
    fetch,
    timeoutMs: 500,
  })
  return reader.all({ path: '/domains', tried: 'list domains' })
}

const taken: RequestListener = (_request, response) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"value":[{"id":"contoso.com"}]}')

/** Takes one token, and says of others what they were. */
function takesOnly(token: string, seen: string[] = []): RequestListener {
  return (request, response) => {
    const { authorization = '' } = request.headers
    seen.push(authorization)
    if (authorization === `Bearer ${token}`) return taken(request, response)
    const error = { code: 'InvalidAuthenticationToken', message: `Not taken: ${authorization}` }
    response.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify({ error }))
  }
}

describe('the access token', () => {
  it('goes along with the request, and one fresh one after a 401', async () => {
    const seen: string[] = []
    expect(await readWith(['old', 'new'], takesOnly('new', seen))).toEqual([{ id: 'contoso.com' }])
    expect(seen).toEqual(['Bearer old', 'Bearer new'])
  })

  it('that is refused is not sent for ever', async () => {
    const seen: string[] = []
    await expect(readWith(['a', 'b', 'c'], takesOnly('d', seen))).rejects.toBeInstanceOf(PermissionError)
    expect(seen).toEqual(['Bearer a', 'Bearer b'])
  })

  it('stands in no error, though the service repeats it', async () => {
    const refused = readWith([canary], takesOnly('another'))
    const error: unknown = await refused.catch((thrown) => thrown)
    expect(error).toBeInstanceOf(PermissionError)
    expect(inspect(error, { depth: 10 })).not.toContain(canary)
    expect(error).toMatchObject({ said: expect.stringContaining('Bearer [token]') })
  })

  it.each(['', `${canary}\nhost: elsewhere`, `${canary} é`])(
    'is not sent when it is none: %j',
    async (value) => {
      const error: unknown = await readWith([value], taken).catch((thrown) => thrown)
      expect(error).toBeInstanceOf(UsageError)
      expect(inspect(error, { depth: 10 })).not.toContain(canary)
    },
  )

  it('is for its own origin alone, whatever the links before it let pass', async () => {
    const link = bearer(
      { token: async () => ({ value: canary, expiresAt: new Date() }) },
      'https://graph.microsoft.com',
    )
    const sent: unknown[] = []
    link.setNext?.({ execute: async (context) => void sent.push(context) })
    const request = { request: 'https://elsewhere.example/v1.0/domains' }
    await expect(link.execute(request)).rejects.toBeInstanceOf(InternalError)
    expect(sent).toEqual([])
  })
})
