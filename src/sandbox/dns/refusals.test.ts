import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { type Sandbox, startSandbox } from '../start.ts'
import { cloudflareAccount } from './cloudflare/account.ts'
import { route53Account } from './route53/account.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox()
})
beforeEach(() => sandbox.control.reset({ scenario: 'other-default' }))
afterAll(() => sandbox.close())

const envelope = z.looseObject({
  success: z.boolean(),
  errors: z.array(z.looseObject({ code: z.number() })),
  result: z.json(),
  result_info: z.looseObject({}).optional(),
})

async function cloudflare(method: string, path: string, body?: object) {
  const answer = await fetch(`${sandbox.endpoints.dnsApiUrl}/client/v4${path}`, {
    method,
    headers: { authorization: `Bearer ${cloudflareAccount.token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, ...envelope.parse(await answer.json()) }
}

async function recordsPath(): Promise<string> {
  const { result } = await cloudflare('GET', '/zones?name=contoso.com')
  const [zone] = z.array(z.looseObject({ id: z.string() })).parse(result)
  return `/zones/${zone?.id}/dns_records`
}

async function setIn(name: string, type: string) {
  const { dns } = await sandbox.control.show()
  const zone = dns.zones.find((one) => one.name === 'contoso.com')
  return zone?.sets.find((set) => set.name === name && set.type === type)
}

describe('Cloudflare', () => {
  it.each([
    ['a TTL below the least', { type: 'TXT', name: 'a', content: '"x"', ttl: 30 }, 400, 1004],
    ['an MX without priority', { type: 'MX', name: 'a', content: 'mx.example.net', ttl: 1 }, 400, 1004],
    ['an MX to an address', { type: 'MX', name: 'a', content: '192.0.2.1', priority: 1, ttl: 1 }, 400, 1004],
    ['an open quote', { type: 'TXT', name: 'a', content: '"x', ttl: 1 }, 400, 1004],
    ['what is there', { type: 'TXT', name: 'contoso.com', content: 'MS=ms40912733', ttl: 1 }, 400, 81_058],
    ['an alias beside others', { type: 'CNAME', name: 'www', content: 'a.example', ttl: 1 }, 400, 81_054],
    ['what is no record', { type: 1 }, 400, 9005],
  ])('refuses %s', async (_, record, status, code) => {
    const answer = await cloudflare('POST', await recordsPath(), record)
    expect(answer).toMatchObject({ status, success: false, result: null, errors: [{ code }] })
  })

  it('carries out a batch whole or not at all, deletes first', async () => {
    const path = await recordsPath()
    const { result } = await cloudflare('GET', `${path}?type=MX&name.exact=contoso.com`)
    const [mx] = z.array(z.looseObject({ id: z.string() })).parse(result)
    const post = { type: 'MX', name: 'contoso.com', content: 'mail.contoso.com', priority: 10, ttl: 1 }
    const gone = { id: '0'.repeat(32) }
    const half = await cloudflare('POST', `${path}/batch`, { deletes: [{ id: mx?.id }, gone], posts: [post] })
    expect(half).toMatchObject({ status: 404, errors: [{ code: 81_044 }] })
    const before = await setIn('contoso.com', 'MX')
    expect(before?.values).toEqual(['10 contoso-com.mx.perception-point.io'])
    await cloudflare('POST', `${path}/batch`, { deletes: [{ id: mx?.id }], posts: [post] })
    expect(await setIn('contoso.com', 'MX')).toMatchObject({ ttl: 300, values: ['10 mail.contoso.com'] })
  })

  it('takes a foreign name as one below the zone, and quotes what is not quoted', async () => {
    const record = { type: 'TXT', name: 'a.example.net', content: `say ${'x'.repeat(300)}`, ttl: 60 }
    await cloudflare('POST', await recordsPath(), record)
    expect((await setIn('a.example.net.contoso.com', 'TXT'))?.values).toEqual([
      `"say ${'x'.repeat(251)}" "${'x'.repeat(49)}"`,
    ])
  })

  it('changes and deletes one record, and knows its page', async () => {
    const path = await recordsPath()
    const { result, result_info } = await cloudflare('GET', `${path}?type=MX&per_page=1`)
    expect(result_info).toEqual({ page: 1, per_page: 1, count: 1, total_count: 1, total_pages: 1 })
    const [mx] = z.array(z.looseObject({ id: z.string() })).parse(result)
    const changed = await cloudflare('PATCH', `${path}/${mx?.id}`, { priority: 30, comment: 'old' })
    expect(changed.result).toMatchObject({ id: mx?.id, priority: 30, comment: 'old' })
    expect((await cloudflare('GET', `${path}/${mx?.id}`)).result).toEqual(changed.result)
    expect((await cloudflare('DELETE', `${path}/${mx?.id}`)).result).toEqual({ id: mx?.id })
    expect((await cloudflare('DELETE', `${path}/${mx?.id}`)).status).toBe(404)
    expect((await cloudflare('GET', `${path}?per_page=0`)).status).toBe(400)
    expect((await cloudflare('GET', '/nothing')).status).toBe(404)
    expect((await cloudflare('GET', `/zones/${'0'.repeat(32)}/dns_records`)).status).toBe(404)
  })
})

describe('Route 53', () => {
  async function call(path: string, changes?: string) {
    const { accessKeyId } = route53Account
    const scope = `${accessKeyId}/20260301/us-east-1/route53/aws4_request`
    const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=${'0'.repeat(64)}`
    const answer = await fetch(`${sandbox.endpoints.dnsApiUrl}/2013-04-01${path}`, {
      headers: { authorization },
      ...(changes === undefined ? {} : { method: 'POST', body: `<Changes>${changes}</Changes>` }),
    })
    return { status: answer.status, text: await answer.text() }
  }

  function change(action: string, name: string, values: readonly string[], ttl = 300): string {
    const records = values.map((value) => `<ResourceRecord><Value>${value}</Value></ResourceRecord>`)
    const set = `<Name>${name}</Name><Type>TXT</Type><TTL>${ttl}</TTL>${records.join('')}`
    return `<Change><Action>${action}</Action><ResourceRecordSet>${set}</ResourceRecordSet></Change>`
  }

  async function zonePath(): Promise<string> {
    const { text } = await call('/hostedzonesbyname?dnsname=contoso.com&maxitems=1')
    return /<Id>(\/hostedzone\/\w+)<\/Id>/.exec(text)?.[1] ?? ''
  }

  it.each([
    ['a name outside the zone', change('CREATE', 'a.example.net', ['"x"']), 'is not permitted in zone'],
    ['a value without quotes', change('CREATE', 'a.contoso.com', ['x']), 'Invalid Resource Record'],
    ['a set that is there', change('CREATE', '_amazonses.contoso.com.', ['"x"']), 'already exists'],
    ['a set that is not there', change('DELETE', 'a.contoso.com', ['"x"']), 'was not found'],
    ['another set than is there', change('DELETE', '_dmarc.contoso.com', ['"x"'], 600), 'do not match'],
    ['a set without values', change('CREATE', 'a.contoso.com', []), 'InvalidInput'],
    ['nothing', '', 'InvalidInput'],
  ])('refuses %s, and all that comes with it', async (_, wrong, said) => {
    const good = wrong === '' ? '' : change('UPSERT', 'b.contoso.com', ['"y"'])
    const answer = await call(`${await zonePath()}/rrset`, good + wrong)
    expect(answer.status).toBe(400)
    expect(answer.text).toContain(said)
    expect(await setIn('b.contoso.com', 'TXT')).toBeUndefined()
  })

  it('says that a change is pending, and then in sync', async () => {
    const sent = await call(
      `${await zonePath()}/rrset`,
      change('UPSERT', 'b.contoso.com', [String.raw`"\344"`]),
    )
    const id = /<Id>(\/change\/\w+)<\/Id>/.exec(sent.text)?.[1]
    expect(sent.text).toContain('PENDING')
    expect((await call(id ?? '')).text).toContain('INSYNC')
    expect((await setIn('b.contoso.com', 'TXT'))?.values).toEqual([String.raw`"\228"`])
  })

  it('refuses an id that is none, and a page of nothing', async () => {
    expect((await call('/hostedzone/Z0/rrset')).text).toContain('NoSuchHostedZone')
    expect((await call(`${await zonePath()}/rrset?maxitems=0`)).text).toContain('InvalidInput')
    expect((await call('/nothing')).status).toBe(404)
  })
})
