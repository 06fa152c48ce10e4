import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Attempt, Effect } from '../../../src/model/attempt.ts'
import type { TokenSource } from '../../../src/model/credentials.ts'
import { PermissionError, ServiceError, UsageError } from '../../../src/model/errors.ts'
import { http } from '../http.ts'
import { restTransport } from './transport.ts'

interface Sent {
  readonly url: string
  readonly method: string
  readonly headers: Headers
  readonly body: string
}

const tenantId = '0f000000-0000-4000-8000-000000000001'

/** What a server cannot be made to answer is answered here: the sandbox keeps to the real wire. */
function scripted(
  answer: (sent: Sent, index: number) => Response,
  tokens: readonly string[] = ['secret-token'],
) {
  const sent: Sent[] = []
  const effects: Effect[] = []
  const left = [...tokens]
  const attempt: Attempt = (effect, request) => {
    effects.push(effect)
    return request()
  }
  const source: TokenSource = {
    token: async () => ({ value: (left.length > 1 ? left.shift() : left[0]) ?? '', expiresAt: new Date(0) }),
  }
  const client = http({
    signal: new AbortController().signal,
    timeoutMs: 1000,
    async fetch(url, init) {
      const request = new Request(url, init)
      sent.push({
        url: request.url,
        method: request.method,
        headers: request.headers,
        body: await request.text(),
      })
      const last = sent.at(-1)
      if (last === undefined) throw new Error('nothing was sent')
      return answer(last, sent.length - 1)
    },
  })
  const transport = restTransport({
    baseUrl: new URL('https://outlook.example/'),
    tenantId,
    tokens: source,
    http: client,
    attempt,
    userAgent: 'offboard/test',
  })
  return { transport, sent, effects }
}

function page(value: readonly unknown[], nextLink?: string): Response {
  return Response.json({ value, ...(nextLink === undefined ? {} : { '@odata.nextLink': nextLink }) })
}

describe('a request', () => {
  it('is as the service wants it', async () => {
    const { transport, sent } = scripted(() => page([]))
    await transport.invoke('Get-TransportRule', { ResultSize: 'Unlimited' })
    expect(sent[0]).toMatchObject({
      url: `https://outlook.example/adminapi/beta/${tenantId}/InvokeCommand`,
      method: 'POST',
      body: '{"CmdletInput":{"CmdletName":"Get-TransportRule","Parameters":{"ResultSize":"Unlimited"}}}',
    })
    const {
      'client-request-id': requestId,
      'connection-id': connectionId,
      ...headers
    } = Object.fromEntries(sent[0]?.headers ?? [])
    expect([requestId, connectionId]).toEqual([
      expect.stringMatching(/^[0-9a-f-]{36}$/),
      expect.stringMatching(/^[0-9a-f-]{36}$/),
    ])
    expect(headers).toEqual({
      accept: 'application/json',
      'accept-language': 'en-US',
      authorization: 'Bearer secret-token',
      'content-type': 'application/json; charset=utf-8',
      prefer: 'odata.maxpagesize=1000',
      'user-agent': 'offboard/test',
      'x-anchormailbox': `APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@${tenantId}`,
      'x-cmdletname': 'Get-TransportRule',
      'x-responseformat': 'json',
      'x-serializationlevel': 'Partial',
    })
  })

  it('goes through the retry policy as what it is', async () => {
    const { transport, effects } = scripted(() => page([]))
    await transport.invoke('Get-TransportRule', {})
    await transport.invoke('Remove-TransportRule', { Identity: 'x' })
    expect(effects).toEqual(['read', 'write'])
  })
})

describe('pages', () => {
  it('are read to the end, whatever their sizes, with the same body', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.integer()), { minLength: 1, maxLength: 6 }), async (pages) => {
        const { transport, sent, effects } = scripted((_, index) => {
          const rows = pages[index] ?? []
          const link = index + 1 < pages.length ? `https://outlook.example/next?$skip=${index}` : undefined
          return page(
            rows.map((n) => ({ n })),
            link,
          )
        })
        const { items } = await transport.invoke('Get-TransportRule', { ResultSize: 'Unlimited' })
        expect(items).toEqual(pages.flat().map((n) => ({ n })))
        expect(new Set(sent.map(({ body }) => body)).size).toBe(1)
        expect(sent.every(({ method }) => method === 'POST')).toBe(true)
        expect(effects).toEqual(pages.map(() => 'read'))
      }),
      { numRuns: 30 },
    )
  })

  it.each([
    'https://evil.example/next',
    'http://outlook.example/next',
    'https://outlook.example:8443/next',
    'javascript:1',
    'https://',
  ])('are not looked for at %s: the token stays at home', async (link) => {
    const { transport, sent } = scripted(() => page([{ n: 1 }], link))
    await expect(transport.invoke('Get-TransportRule', {})).rejects.toBeInstanceOf(ServiceError)
    expect(sent).toHaveLength(1)
  })

  it('that go in a circle end', async () => {
    const { transport } = scripted(() => page([{ n: 1 }], 'https://outlook.example/next'))
    await expect(transport.invoke('Get-TransportRule', {})).rejects.toThrow('circle')
  })

  it('of a write are never asked for, as that would write again', async () => {
    const { transport, sent } = scripted(() => page([], 'https://outlook.example/next'))
    await transport.invoke('Remove-TransportRule', { Identity: 'x' })
    expect(sent).toHaveLength(1)
  })

  it('give each warning once', async () => {
    const link = 'https://outlook.example/next'
    const { transport } = scripted((_, index) =>
      Response.json({
        value: [],
        '@adminapi.warnings': ['w'],
        ...(index === 0 ? { '@odata.nextLink': link } : {}),
      }),
    )
    expect((await transport.invoke('Get-TransportRule', {})).warnings).toEqual(['w'])
  })
})

describe('a token', () => {
  const refusedFirst = (_: Sent, index: number) =>
    index === 0 ? new Response('', { status: 401 }) : page([])

  it('that is not taken is tried anew once, if there is another', async () => {
    const { transport, sent } = scripted(refusedFirst, ['old', 'new'])
    await transport.invoke('Remove-TransportRule', { Identity: 'x' })
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer old', 'Bearer new'])
  })

  it('that is not taken and stays the same is the end', async () => {
    const { transport, sent } = scripted(refusedFirst)
    await expect(transport.invoke('Get-TransportRule', {})).rejects.toBeInstanceOf(PermissionError)
    expect(sent).toHaveLength(1)
  })

  it.each(['bad\ntoken', '', 'bad token', 'tökenn'])(
    'that no header can carry is refused unseen: %j',
    async (token) => {
      const { transport, sent } = scripted(() => page([]), [token])
      const error: unknown = await transport.invoke('Get-TransportRule', {}).catch((cause: unknown) => cause)
      expect(error).toBeInstanceOf(UsageError)
      if (token !== '') expect(JSON.stringify(error) + String(error)).not.toContain(token)
      expect(sent).toEqual([])
    },
  )

  it.each([200, 400, 401, 403, 500, 502])(
    'is in no error, even when the service sends it back: HTTP %i',
    async (status) => {
      const { transport } = scripted(({ headers }) => {
        const message = `|System.Exception|you sent ${headers.get('authorization')}`
        return Response.json({ error: { message }, '@adminapi.errors': [message] }, { status })
      })
      const error: unknown = await transport.invoke('Get-TransportRule', {}).catch((cause: unknown) => cause)
      expect(error).toBeInstanceOf(Error)
      expect(String(error)).toContain('you sent Bearer [token]')
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('secret-token')
    },
  )

  it('says of itself which tenant it is for', async () => {
    const token = `e30.${Buffer.from(JSON.stringify({ tid: tenantId })).toString('base64url')}.x`
    expect(await scripted(() => page([]), [token]).transport.claims()).toEqual([
      { by: 'the access token', tenantId },
    ])
    expect(await scripted(() => page([])).transport.claims()).toEqual([])
  })
})

describe('a lost answer', () => {
  it('is a ServiceError that says what the network said', async () => {
    const { transport } = scripted(() => {
      throw new TypeError('fetch failed', {
        cause: Object.assign(new Error('connect refused'), { code: 'ECONNREFUSED' }),
      })
    })
    const lost = transport.invoke('Remove-TransportRule', { Identity: 'x' })
    await expect(lost).rejects.toBeInstanceOf(ServiceError)
    await expect(lost).rejects.toThrow('run Remove-TransportRule on "x": connect refused (ECONNREFUSED)')
  })

  it('is no redirect: that is not followed', async () => {
    const { transport, sent } = scripted(
      () => new Response(null, { status: 302, headers: { location: 'https://evil.example' } }),
    )
    await expect(transport.invoke('Get-TransportRule', {})).rejects.toBeInstanceOf(UsageError)
    expect(sent).toHaveLength(1)
  })
})

describe('the cmdlets that the caller may run', () => {
  it.each([{ exportedCmdlets: 'Get-A, Get-B,' }, { exportedCmdlets: ['Get-A', 'Get-B'] }])(
    'are read from %j',
    async (row) => {
      const { transport, sent } = scripted(() => page([row]))
      expect([...(await transport.allowedCmdlets())]).toEqual(['Get-A', 'Get-B'])
      expect(sent[0]).toMatchObject({ method: 'GET', body: '' })
      expect(sent[0]?.headers.get('commandname')).toBe('*')
    },
  )

  it('are not "none" when the answer names none', async () => {
    await expect(scripted(() => page([])).transport.allowedCmdlets()).rejects.toBeInstanceOf(ServiceError)
  })
})
