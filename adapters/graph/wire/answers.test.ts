import type { RequestListener } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import {
  ConflictError,
  NotFoundError,
  type OffboardError,
  PermissionError,
  ServiceError,
  TenantError,
  ThrottledError,
  UsageError,
} from '../../../src/model/errors.ts'
import { type Served, serveAll } from '../../../test/graph/server.ts'
import { type GraphWriter, graphWriter } from '../transport.ts'
import type { WireOptions } from './client.ts'

const id = '8035b690-afb3-4df3-8b6b-50425a8e6896'
const token = 'canary.8f3a7c51.token'
const open: Served[] = []

afterEach(() => {
  for (const served of open.splice(0)) served.close()
})

async function writerAt(listener: RequestListener, options: Partial<WireOptions> = {}): Promise<GraphWriter> {
  const served = await serveAll(listener)
  open.push(served)
  return graphWriter({
    baseUrl: served.url,
    tokens: { token: async () => ({ value: token, expiresAt: new Date() }) },
    attempt: (_effect, request) => request(),
    signal: new AbortController().signal,
    userAgent: 'offboard/test',
    fetch,
    timeoutMs: 500,
    ...options,
  })
}

function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): RequestListener {
  return (_request, response) =>
    response
      .writeHead(status, { 'content-type': 'application/json', connection: 'close', ...headers })
      .end(JSON.stringify(body))
}

function refusal(status: number, code: string, message: string, headers = {}): RequestListener {
  const innerError = { 'request-id': 'r-1', date: '2026-11-24T12:00:00' }
  return json(status, { error: { code, message, innerError } }, headers)
}

const read = (writer: GraphWriter) => writer.all({ path: '/domains', tried: 'list domains' })
const write = (writer: GraphWriter) =>
  writer.patch({ path: `/servicePrincipals/${id}`, tried: 'disable the app' }, { accountEnabled: false })

async function errorOf(act: Promise<unknown>): Promise<OffboardError> {
  return act.then(
    () => {
      throw new TypeError('it was not refused')
    },
    (error) => error,
  )
}

describe('what Graph refuses', () => {
  it.each([
    [403, 'Authorization_RequestDenied', 'Insufficient privileges.', PermissionError],
    [401, 'InvalidAuthenticationToken', 'Lifetime validation failed.', PermissionError],
    [404, 'Request_ResourceNotFound', 'It does not exist.', NotFoundError],
    [409, 'Request_MultipleObjectsWithSameKeyValue', 'Permission entry already exists.', ConflictError],
    [400, 'Request_BadRequest', 'Permission being assigned already exists on the object', ConflictError],
    [400, 'Request_BadRequest', 'Not a valid reference update.', ServiceError],
    [400, 'Directory_ExpiredPageToken', 'The specified page token value has expired.', ServiceError],
    [400, 'Request_BadRequest', 'One or more properties contains invalid values.', TenantError],
    [429, 'TooManyRequests', 'Too many requests.', ThrottledError],
    [429, 'UnknownError', '', ThrottledError],
    [503, 'ServiceUnavailable', 'Later.', ServiceError],
    [500, 'InternalServerError', 'Permission already exists', ServiceError],
  ])('with %i %s "%s" is told by who must act, with what it said', async (status, code, message, kind) => {
    const error = await errorOf(read(await writerAt(refusal(status, code, message))))
    expect(error).toBeInstanceOf(kind)
    expect(error.tried).toBe('list domains')
    expect(error.said).toBe(`${code}${message === '' ? '' : `: ${message}`} (request r-1)`)
  })

  it('names the permission that is missing', async () => {
    const writer = await writerAt(refusal(403, 'Authorization_RequestDenied', 'No.'))
    expect((await errorOf(write(writer))).hint).toContain('Application.ReadWrite.All')
    const ask = { path: `/servicePrincipals/${id}/appRoleAssignedTo`, tried: 'grant' }
    const granting = await errorOf(writer.post(ask, {}))
    expect(granting.hint).toContain('AppRoleAssignment.ReadWrite.All and Application.Read.All')
  })
})

describe('the wait that is asked for', () => {
  const date = 'Tue, 24 Nov 2026 12:00:00 GMT'
  it.each([
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after': 'Tue, 24 Nov 2026 12:00:09 GMT', date }, 9000],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('with %j is %s ms', async (headers, ms) => {
    const error = await errorOf(write(await writerAt(refusal(429, 'TooManyRequests', 'Wait.', headers))))
    expect(error).toMatchObject({ retryAfterMs: ms })
  })

  it('at a 503 holds for a read; a write may have been done', async () => {
    const busy = refusal(503, 'ServiceUnavailable', 'Wait.', { 'retry-after': '3' })
    expect(await errorOf(read(await writerAt(busy)))).toMatchObject({ retryAfterMs: 3000 })
    expect(await errorOf(write(await writerAt(busy)))).toBeInstanceOf(ServiceError)
  })

  it('and the request go through the policy that was handed in, reads and writes apart', async () => {
    const effects: string[] = []
    const attempt: WireOptions['attempt'] = (effect, request) => {
      effects.push(effect)
      return request()
    }
    const writer = await writerAt(json(200, { value: [] }), { attempt })
    await read(writer)
    await write(writer)
    expect(effects).toEqual(['read', 'write'])
  })
})

describe('an answer that is none', () => {
  const html: RequestListener = (_request, response) =>
    response.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad gateway</html>')
  const empty: RequestListener = (_request, response) => response.writeHead(200).end()
  const cut: RequestListener = (_request, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('{')
    setImmediate(() => response.destroy())
  }
  const page: RequestListener = (_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in to the network</html>')

  it.each([
    ['a page of a gateway', html, 'HTTP 502 without an explanation'],
    ['an empty body', empty, 'an empty answer'],
    ['a page of a portal', page, 'an answer that is not JSON'],
    ['a list without rows', json(200, { values: [] }), 'an answer in a form that is not known'],
    ['half an answer', cut, undefined],
  ])('(%s) is a failure of the service, never "none"', async (_name, listener, said) => {
    const error = await errorOf(read(await writerAt(listener)))
    expect(error).toBeInstanceOf(ServiceError)
    if (said !== undefined) expect(error.said).toBe(said)
  })

  it('after a write is a lost answer', async () => {
    expect(await errorOf(write(await writerAt(cut)))).toBeInstanceOf(ServiceError)
    expect(await errorOf(write(await writerAt(html)))).toBeInstanceOf(ServiceError)
  })

  it('in time is not waited for', async () => {
    const error = await errorOf(read(await writerAt(() => {}, { timeoutMs: 50 })))
    expect(error).toBeInstanceOf(ServiceError)
    expect(error.said).toBe('no answer within 0.05 s')
  })

  it('ends with the signal', async () => {
    const stop = new AbortController()
    const writer = await writerAt(() => stop.abort(), { signal: stop.signal })
    expect((await errorOf(read(writer))).said).toBe('interrupted before the answer came')
  })

  it('is not a redirect', async () => {
    const visits: string[] = []
    const elsewhere = await serveAll((request) => visits.push(request.url ?? ''))
    open.push(elsewhere)
    const away: RequestListener = (_request, response) =>
      response.writeHead(307, { location: elsewhere.url.href }).end()
    expect(await errorOf(read(await writerAt(away)))).toBeInstanceOf(UsageError)
    expect(visits).toEqual([])
  })
})

describe('pages', () => {
  it('are read with the options of their link, to the end', async () => {
    const asked: string[] = []
    const writer = await writerAt((request, response) => {
      asked.push(request.url ?? '')
      const link = `http://${request.headers.host}/v1.0/domains?$top=2&%24skiptoken=a%2Bb%3D`
      const last = asked.length === 2
      json(200, { value: [{ id: String(asked.length) }], ...(last ? {} : { '@odata.nextLink': link }) })(
        request,
        response,
      )
    })
    expect(await read(writer)).toEqual([{ id: '1' }, { id: '2' }])
    expect(asked).toEqual(['/v1.0/domains', '/v1.0/domains?$top=2&%24skiptoken=a%2Bb%3D'])
  })

  it.each([
    ['another server', 'another server'],
    ['another version', 'another server'],
    ['a circle', 'in a circle'],
  ])('that lead to %s are not followed', async (where, said) => {
    const elsewhere = await serveAll((_request, response) => response.end('{"value":[]}'))
    open.push(elsewhere)
    const writer = await writerAt((request, response) => {
      const own = `http://${request.headers.host}`
      const links: Readonly<Record<string, string>> = {
        'another server': `${elsewhere.url.href}v1.0/domains?$skiptoken=x`,
        'another version': `${own}/beta/domains?$skiptoken=x`,
        'a circle': `${own}/v1.0/domains?$skiptoken=x`,
      }
      json(200, { value: [], '@odata.nextLink': links[where] })(request, response)
    })
    const error = await errorOf(read(writer))
    expect(error).toBeInstanceOf(ServiceError)
    expect(error.said).toContain(said)
    expect(elsewhere.requests).toEqual([])
  })
})
