import type { GraphRequest } from '@microsoft/microsoft-graph-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { InternalError } from '../../../src/model/errors.ts'
import { type Served, serveAll } from '../../../test/graph/server.ts'
import { uncarried } from './carry.ts'
import { graphClient, type WireOptions } from './client.ts'
import type { Role } from './guard.ts'

const id = '8035b690-afb3-4df3-8b6b-50425a8e6896'
let served: Served

beforeEach(async () => {
  served = await serveAll((_request, response) => response.writeHead(204).end())
})

afterEach(() => served.close())

function options(): WireOptions {
  return {
    baseUrl: served.url,
    tokens: { token: async () => ({ value: 'secret-token', expiresAt: new Date() }) },
    attempt: (_effect, request) => request(),
    signal: new AbortController().signal,
    userAgent: 'offboard/test',
    fetch,
    timeoutMs: 1000,
  }
}

async function send(role: Role, path: string, act: (request: GraphRequest) => Promise<unknown>) {
  try {
    return await act(graphClient(options(), role).api(path))
  } catch (error) {
    throw uncarried(error)
  }
}

const writes = {
  post: ['/servicePrincipals', (request: GraphRequest) => request.post({})],
  patch: [`/servicePrincipals/${id}`, (request: GraphRequest) => request.patch({ accountEnabled: false })],
  put: [`/servicePrincipals/${id}`, (request: GraphRequest) => request.put({})],
  delete: [`/servicePrincipals/${id}`, (request: GraphRequest) => request.delete()],
} as const

describe('the wire of a reader', () => {
  it.each(Object.entries(writes))(
    'does not let a %s pass: nothing reaches the server',
    async (_name, [path, act]) => {
      await expect(send('reader', path, act)).rejects.toBeInstanceOf(InternalError)
      expect(served.requests).toEqual([])
    },
  )

  it('lets the reads of the table pass, and no others', async () => {
    await send('reader', '/organization', (request) => request.get())
    await expect(send('reader', '/users', (request) => request.get())).rejects.toBeInstanceOf(InternalError)
    await expect(
      send('reader', '/organization', (request) => request.version('beta').get()),
    ).rejects.toBeInstanceOf(InternalError)
    expect(served.requests).toEqual(['GET /v1.0/organization'])
  })
})

describe('the wire of a writer', () => {
  it.each([
    ['/applications', (request: GraphRequest) => request.post({})],
    [`/users/${id}`, (request: GraphRequest) => request.delete()],
    [`/servicePrincipals/${id}`, (request: GraphRequest) => request.put({})],
    [`/servicePrincipals/${id}/../../users/${id}`, (request: GraphRequest) => request.delete()],
    [`https://elsewhere.example/v1.0/servicePrincipals/${id}`, (request: GraphRequest) => request.delete()],
  ])('does not let a request to %s pass that is not in the table', async (path, act) => {
    await expect(send('writer', path, act)).rejects.toBeInstanceOf(InternalError)
    expect(served.requests).toEqual([])
  })

  it('lets the writes of the table pass', async () => {
    await send('writer', writes.patch[0], writes.patch[1])
    expect(served.requests).toEqual([`PATCH /v1.0/servicePrincipals/${id}`])
  })
})
