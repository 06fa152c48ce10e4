import { afterEach, expect, test } from 'vitest'
import { agreement } from '../../adapters/dns/authority/agreement.ts'
import { type Authority, openAuthority } from '../../adapters/dns/authority/open.ts'
import { type Bind, startBind } from '../support/bind.ts'

let bind: Bind | undefined

afterEach(async () => {
  await bind?.close()
  bind = undefined
})

const mx = { name: 'example.test', type: 'MX', ttl: 1800, values: ['10 a.example.net', '20 B.example.net'] }
const long = {
  name: '_amazonses.example.test',
  type: 'TXT',
  ttl: 60,
  values: [`"${'x'.repeat(255)}" "\\195\\188"`],
}
const many = {
  name: 'example.test',
  type: 'TXT',
  ttl: 60,
  values: Array.from({ length: 40 }, (_, index) => `"${String(index).padStart(100, '-')}"`),
}
const zone = { name: 'example.test', sets: [mx, long, many] }

function authorityOf({ resolver, port }: Bind): Authority {
  return openAuthority({
    resolvers: [resolver],
    attempt: (_, request) => request(),
    signal: new AbortController().signal,
    authorityPort: port,
  })
}

test.each([
  ['plain', {}, {}],
  ['signed', { signed: true }, {}],
  ['of a hidden primary', {}, { hidden: true }],
] as const)(
  'a zone that is %s is read at both of its name servers',
  { timeout: 30_000 },
  async (_, more, options) => {
    bind = await startBind({ zones: [{ ...zone, ...more }], ...options })
    const authority = authorityOf(bind)
    const found = await authority.zone('mail.example.test')
    expect([found.name, found.servers.map(({ name }) => name)]).toEqual([
      'example.test',
      ['ns1.servers.test', 'ns2.servers.test'],
    ])
    const read = async (name: string, type: 'MX' | 'TXT') =>
      agreement(await authority.read(found, name, type))
    const values = ['10 a.example.net', '20 b.example.net']
    expect(await read('example.test', 'MX')).toEqual({ state: 'answered', ttl: 1800, values })
    expect(await read('_amazonses.example.test', 'TXT')).toMatchObject({ values: long.values })
    expect(await read('example.test', 'TXT')).toMatchObject({ values: many.values })
    expect(await read('none.example.test', 'MX')).toEqual({ state: 'answered', ttl: 0, values: [] })
    const serials = await authority.serials(found)
    expect(new Set(serials.map(({ state, serial }) => `${state} ${serial}`)).size).toBe(1)
  },
)

test('a secondary that lags disagrees until it has the change', { timeout: 30_000 }, async () => {
  bind = await startBind({ zones: [zone], lagging: true })
  const authority = authorityOf(bind)
  const found = await authority.zone('example.test')
  await bind.write('example.test', { ...mx, values: ['5 new.example.net'] })
  const [first, second] = await authority.read(found, 'example.test', 'MX')
  expect([first?.values, second?.values]).toEqual([
    ['5 new.example.net'],
    ['10 a.example.net', '20 b.example.net'],
  ])
  const [ahead, behind] = await authority.serials(found)
  expect(ahead?.serial ?? 0).toBeGreaterThan(behind?.serial ?? 0)
  await bind.transfer('example.test')
  expect(agreement(await authority.read(found, 'example.test', 'MX'))).toMatchObject({
    state: 'answered',
    values: ['5 new.example.net'],
  })
})
