import type { RequestListener } from 'node:http'
import { inspect } from 'node:util'
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
import { closeServed, json, serveGoogle, token } from '../../../test/google/wire.ts'
import { type GoogleWriter, googleWriter } from '../transport.ts'
import type { WireOptions } from './exchange.ts'

afterEach(closeServed)

async function writerAt(listener: RequestListener, given: Partial<WireOptions> = {}): Promise<GoogleWriter> {
  return googleWriter((await serveGoogle(listener, given)).options)
}

/** As the Admin SDK refuses. */
function older(status: number, reason: string, message = 'No.', headers = {}): RequestListener {
  return json(status, { error: { code: status, message, errors: [{ reason, domain: 'global' }] } }, headers)
}

/** As the Policy API refuses. */
function newer(code: number, status: string, reason: string, message = 'No.', headers = {}): RequestListener {
  return json(code, { error: { code, status, message, details: [{ '@type': 'x' }, { reason }] } }, headers)
}

const readUsers = (writer: GoogleWriter) => writer.users()
const readPolicies = (writer: GoogleWriter) => writer.gmailPolicies()
const write = (writer: GoogleWriter) => writer.patch('policies/a', {}, 'patch it')

async function errorOf(act: Promise<unknown>): Promise<OffboardError> {
  return act.then(
    () => {
      throw new TypeError('it was not refused')
    },
    (error) => error,
  )
}

describe('what Google refuses', () => {
  it.each([
    [older(401, 'authError'), PermissionError, '401 (authError): No.'],
    [older(403, 'forbidden'), PermissionError, '403 (forbidden): No.'],
    [older(403, 'userRateLimitExceeded'), ThrottledError, '403 (userRateLimitExceeded): No.'],
    [older(403, 'quotaExceeded'), ThrottledError, '403 (quotaExceeded): No.'],
    [older(404, 'notFound'), NotFoundError, '404 (notFound): No.'],
    [older(409, 'duplicate'), ConflictError, '409 (duplicate): No.'],
    [older(400, 'invalid'), TenantError, '400 (invalid): No.'],
    [newer(501, 'UNIMPLEMENTED', 'x'), TenantError, '501 UNIMPLEMENTED (x): No.'],
    [newer(429, 'RESOURCE_EXHAUSTED', 'RATE_LIMIT_EXCEEDED'), ThrottledError, '429 RESOURCE_EXHAUSTED'],
    [newer(500, 'INTERNAL', ''), ServiceError, '500 INTERNAL: No.'],
    [json(404, 'x'), UsageError, 'HTTP 404 without an explanation'],
  ])('%# is told by who must act, with what it said', async (listener, kind, said) => {
    const error = await errorOf(readUsers(await writerAt(listener)))
    expect(error).toBeInstanceOf(kind)
    expect(error.tried).toBe('list the users')
    expect(error.said).toContain(said)
  })

  it.each([
    [newer(403, 'PERMISSION_DENIED', 'SERVICE_DISABLED'), 'Enable the Cloud Identity API'],
    [older(403, 'accessNotConfigured'), 'Enable the Cloud Identity API'],
    [newer(403, 'PERMISSION_DENIED', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT'), 'policies.readonly'],
    [newer(403, 'PERMISSION_DENIED', 'IAM_PERMISSION_DENIED'), 'super administrator'],
  ])('%# is told with what to do', async (listener, hint) => {
    expect((await errorOf(readPolicies(await writerAt(listener)))).hint).toContain(hint)
  })
})

describe('the wait that is asked for', () => {
  const quota = 'Quota exceeded for quota metric: read requests per minute'
  it.each([
    [older(429, 'x', 'Wait.', { 'retry-after': '7' }), readUsers, 7000],
    [older(403, 'rateLimitExceeded', 'Wait.'), readUsers, undefined],
    [newer(429, 'RESOURCE_EXHAUSTED', '', quota), readPolicies, 30_000],
    [newer(429, 'RESOURCE_EXHAUSTED', '', quota, { 'retry-after': '4' }), readPolicies, 4000],
    [newer(503, 'UNAVAILABLE', '', 'Wait.', { 'retry-after': '3' }), readUsers, 3000],
  ])('%# is kept', async (listener, act, ms) => {
    const error = await errorOf(act(await writerAt(listener)))
    expect(error).toBeInstanceOf(ThrottledError)
    expect(error).toMatchObject({ retryAfterMs: ms })
  })

  it('at a 503 is none for a write, which may have been done', async () => {
    const busy = newer(503, 'UNAVAILABLE', '', 'Wait.', { 'retry-after': '3' })
    expect(await errorOf(write(await writerAt(busy)))).toBeInstanceOf(ServiceError)
  })

  it('and the request go through the policy that was handed in, once, reads and writes apart', async () => {
    const effects: string[] = []
    const attempt: WireOptions['attempt'] = (effect, request) => {
      effects.push(effect)
      return request()
    }
    const { served, options } = await serveGoogle(newer(503, 'UNAVAILABLE', ''), { attempt })
    const writer = googleWriter(options)
    for (const act of [readUsers, readPolicies, write]) await errorOf(act(writer))
    expect(effects).toEqual(['read', 'read', 'write'])
    expect(served.requests).toHaveLength(3)
  })
})

describe('an answer that is none', () => {
  const cut: RequestListener = (_request, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('{')
    setImmediate(() => response.destroy())
  }
  it.each([
    ['a page of a gateway', json(502, 'x'), 'HTTP 502 without an explanation'],
    [
      'an empty body',
      ((_, response) => response.writeHead(200).end()) satisfies RequestListener,
      'an empty answer',
    ],
    ['a page of a portal', ((_, response) => response.end('<html>')) satisfies RequestListener, 'not JSON'],
    ['a list in another form', json(200, { users: 'x' }), 'a form that is not known'],
    ['a list', json(200, []), 'a form that is not known'],
    ['half an answer', cut, undefined],
    ['nothing', (() => {}) satisfies RequestListener, 'no answer within 0.5 s'],
  ])('(%s) is a failure of the service, never "none"', async (_name, listener, said) => {
    const error = await errorOf(readUsers(await writerAt(listener)))
    expect(error).toBeInstanceOf(ServiceError)
    if (said !== undefined) expect(error.said).toContain(said)
  })

  it('is not a redirect: the token goes nowhere else', async () => {
    const elsewhere = await serveGoogle(json(200, {}))
    const away: RequestListener = (_request, response) =>
      response.writeHead(307, { location: elsewhere.served.url.href }).end()
    expect(await errorOf(readUsers(await writerAt(away)))).toBeInstanceOf(UsageError)
    expect(elsewhere.served.requests).toEqual([])
  })

  it('in pages that go in a circle ends', async () => {
    const circle = json(200, { users: [], nextPageToken: 'again' })
    expect((await errorOf(readUsers(await writerAt(circle)))).said).toContain('circle')
  })
})

describe('the access token', () => {
  it('stands in no error, though the service repeats it', async () => {
    const echo: RequestListener = (request, response) =>
      older(403, 'forbidden', `what about ${request.headers.authorization}`)(request, response)
    const error = await errorOf(readUsers(await writerAt(echo)))
    expect(error.said).toContain('what about Bearer [token]')
    expect(inspect(error, { depth: 20 })).not.toContain(token)
  })

  it('that could be no header is not sent', async () => {
    const bad = 'canary\nsecond'
    const tokens = () => ({ token: async () => ({ value: bad, expiresAt: new Date() }) })
    const { served, options } = await serveGoogle(json(200, {}), { tokens })
    const error = await errorOf(readUsers(googleWriter(options)))
    expect(error).toBeInstanceOf(UsageError)
    expect(inspect(error, { depth: 20 })).not.toContain('canary')
    expect(served.requests).toEqual([])
  })
})
