import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openssl } from '../../../src/auth/test-certificates.ts'
import { temporaryFolder } from '../../../src/config/temporary-folder.ts'
import { openResolverAt, stop } from '../wire/test-resolver.ts'
import { policyFetcher } from './fetch.ts'
import { readMtaStsPolicies } from './read.ts'

const text = 'version: STSv1\r\nmode: enforce\r\nmx: *.vendor.example\r\nmax_age: 86400\r\n'
type Answer = { readonly status: number; readonly body?: string; readonly location?: string } | 'silence'

let server: Server
let ca: string
let answer: Answer
let asked: string[]

beforeAll(async () => {
  using folder = temporaryFolder()
  const key = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-noenc',
    '-keyout',
    'k.pem',
    '-out',
    'c.pem',
  ]
  const names = ['mta-sts.example.com', 'mta-sts.quiet.example', 'mta-sts.xn--bcher-kva.example']
  const subject = [
    '-subj',
    '/CN=test',
    '-addext',
    `subjectAltName=${names.map((name) => `DNS:${name}`).join()}`,
  ]
  openssl(folder, ['req', '-x509', ...key, ...subject, '-days', '2'])
  ca = readFileSync(`${folder.path}/c.pem`, 'utf8')
  server = createServer({ cert: ca, key: readFileSync(`${folder.path}/k.pem`) }, (request, response) => {
    asked.push(`${request.headers.host?.split(':')[0]}${request.url}`)
    if (answer === 'silence') return
    const { status, body = '', location } = answer
    response.writeHead(status, location === undefined ? {} : { location }).end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
beforeEach(() => {
  answer = { status: 200, body: text }
  asked = []
})
afterEach(stop)
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const here = { a: ['127.0.0.1'] }
const world = {
  '_mta-sts.example.com': { txt: [['v=STSv1; ', 'id=1;']] },
  'mta-sts.example.com': here,
  '_mta-sts.xn--bcher-kva.example': { txt: [['v=STSv1; id=1']] },
  'mta-sts.xn--bcher-kva.example': here,
  'mta-sts.quiet.example': here,
  '_mta-sts.nowhere.example': { txt: [['v=STSv1; id=1']] },
  '_mta-sts.foreign.example': { txt: [['v=STSv1; id=1']] },
  'mta-sts.foreign.example': here,
  '_mta-sts.broken.example': { rcode: 2 },
}

async function policyOf(domain: string, timeoutMs = 2000) {
  const { resolve, signal } = await openResolverAt(world)
  const { port } = server.address() as AddressInfo
  const fetchPolicy = policyFetcher({ resolve, port, ca, timeoutMs })
  const [object] = await readMtaStsPolicies(resolve, fetchPolicy, [domain], signal)
  return object?.properties
}

test.each(['example.com', 'Bücher.example'])('the policy of %s is read', async (domain) => {
  expect(await policyOf(domain)).toEqual({
    domain,
    state: 'read',
    announced: true,
    mode: 'enforce',
    mx: ['*.vendor.example'],
    maxAge: 86_400,
  })
})

test('it is asked for at the host and the place that the standard names', async () => {
  await policyOf('example.com')
  expect(asked).toEqual(['mta-sts.example.com/.well-known/mta-sts.txt'])
})

test('a policy that DNS no longer announces is read too: senders may still hold it', async () => {
  expect(await policyOf('quiet.example')).toMatchObject({ state: 'read', announced: false, mode: 'enforce' })
})

test('a host that has none is no failure where none is announced', async () => {
  answer = { status: 404 }
  expect(await policyOf('quiet.example')).toEqual({ domain: 'quiet.example', state: 'none', mx: [] })
  expect(await policyOf('without.example')).toEqual({ domain: 'without.example', state: 'none', mx: [] })
})

test.each<[string, Answer]>([
  ['answered 404', { status: 404 }],
  ['answered 301', { status: 301, location: 'https://mta-sts.example.com/elsewhere' }],
  ['is none: its version', { status: 200, body: '\n' }],
  ['longer than 64 kB', { status: 200, body: text + 'x'.repeat(70_000) }],
  ['timeout', 'silence'],
])('a policy that is announced and not to be had is not known: %s', async (reason, given) => {
  answer = given
  expect(await policyOf('example.com', 300)).toMatchObject({
    state: 'unreadable',
    mx: [],
    reason: expect.stringContaining(reason),
  })
  expect(asked).toHaveLength(1)
})

test.each([
  ['nowhere.example', 'no address'],
  ['foreign.example', "does not match certificate's altnames"],
  ['no domain', 'not a domain name'],
  ['broken.example', 'whether DNS announces a policy could not be read'],
])('%s is not known: %s', async (domain, reason) => {
  expect(await policyOf(domain)).toMatchObject({
    state: 'unreadable',
    reason: expect.stringContaining(reason),
  })
})

test('the signal ends it with its reason', async () => {
  answer = 'silence'
  const { resolve } = await openResolverAt(world)
  const { port } = server.address() as AddressInfo
  const abort = new AbortController()
  const fetchPolicy = policyFetcher({ resolve, port, ca, timeoutMs: 60_000 })
  const reading = readMtaStsPolicies(resolve, fetchPolicy, ['example.com'], abort.signal)
  const reason = new Error('interrupted')
  abort.abort(reason)
  await expect(reading).rejects.toBe(reason)
})
