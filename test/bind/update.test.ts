import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { DnsProvider } from '../../adapters/dns/providers/provider.ts'
import {
  ConflictError,
  NotFoundError,
  PermissionError,
  ServiceError,
  TenantError,
  UsageError,
} from '../../src/model/errors.ts'
import { approval, errorOf, shown } from '../dns/cloud.ts'
import { isUpdate } from '../support/bind/relay.ts'
import { type Bind, startBind } from '../support/bind.ts'
import { providerAt } from './provider.ts'

const key = { zone: 'example.com', name: 'example.com', type: 'MX' } as const
const first = '10 Mail.Example.NET'
const values = ['10 mail.example.net', '20 backup.example.net']
const stored = [first, '20 backup.example.net']
const mxSet = { name: 'example.com', type: 'MX', ttl: 1800, values: [first, '20 backup.example.net'] }

let bind: Bind
beforeAll(async () => {
  bind = await startBind({
    zones: [
      {
        name: 'example.com',
        sets: [
          { name: 'four.example.com', type: 'A', ttl: 300, values: ['192.0.2.1'] },
          { name: 'six.example.com', type: 'AAAA', ttl: 300, values: ['2001:db8::1'] },
          { name: 'alias.example.com', type: 'CNAME', ttl: 300, values: ['four.example.com'] },
          { name: 'below.example.com', type: 'NS', ttl: 300, values: ['ns.elsewhere.test'] },
        ],
      },
      { name: 'fixed.example', sets: [], fixed: true },
    ],
  })
})
afterAll(() => bind.close())
afterEach(async () => {
  bind.primary.intercept(() => 'pass')
  await bind.write('example.com', mxSet)
})

function writer(given: Parameters<typeof providerAt>[1] = {}): DnsProvider {
  return providerAt(bind, given).writer(approval())
}

async function has(): Promise<readonly string[]> {
  return (await bind.primary.read('example.com', 'MX')).values.toSorted()
}

async function refusal(provider: DnsProvider, next = ['5 new.example.net', ...values]): Promise<Error> {
  await bind.write('example.com', mxSet)
  const current = { key, ttl: 1800, values, version: '' }
  const error = await errorOf(provider.replace(current, { ttl: 1800, values: next }))
  for (const secret of bind.secrets) expect(shown(error)).not.toContain(secret)
  return error
}

describe('an update', () => {
  test('matches what the zone spells in other letters, and leaves it as it is spelled', async () => {
    await bind.write('example.com', mxSet)
    const provider = writer()
    const current = await provider.read(key)
    expect(current.values).toEqual(values)
    await provider.replace(current, { ttl: 1800, values: ['5 new.example.net', ...values] })
    expect(await has()).toEqual([first, '20 backup.example.net', '5 new.example.net'])
    await provider.replace(await provider.read(key), { ttl: 1800, values: ['20 backup.example.net'] })
    expect(await has()).toEqual(['20 backup.example.net'])
  })

  test('sets another TTL for the whole set, and for it alone', async () => {
    const provider = writer()
    await provider.replace(await provider.read(key), { ttl: 60, values })
    expect(await bind.primary.read('example.com', 'MX')).toMatchObject({ ttl: 60 })
    expect(await has()).toEqual(values)
    await provider.replace(await provider.read(key), { ttl: 90, values: values.slice(0, 1) })
    expect(await bind.primary.read('example.com', 'MX')).toMatchObject({
      ttl: 90,
      values: values.slice(0, 1),
    })
  })

  test('goes over TCP, where nsupdate sends nothing again', async () => {
    const ways: string[] = []
    bind.primary.intercept((message, over) => {
      if (isUpdate(message)) ways.push(over)
      return 'pass'
    })
    const provider = writer()
    await provider.replace(await provider.read(key), { ttl: 1800, values: values.slice(0, 1) })
    expect(ways).toEqual(['tcp'])
  })

  test('is not sent when nothing is to be done', async () => {
    let updates = 0
    bind.primary.intercept((message) => {
      if (isUpdate(message)) updates += 1
      return 'pass'
    })
    const provider = writer()
    const current = await provider.read(key)
    await provider.replace(current, current)
    expect(updates).toBe(0)
  })

  test.each([
    ['the name of a known key and another secret', 'wrongSecret', PermissionError, 'BADSIG'],
    ['a key that the server does not know', 'unknown', PermissionError, 'BADKEY'],
    ['a key that may change nothing', 'powerless', PermissionError, 'REFUSED'],
  ] as const)('with %s changes nothing', async (_, name, kind, said) => {
    const error = await refusal(writer({ keyFile: bind.keys[name] }))
    expect(error).toBeInstanceOf(kind)
    expect(error.message).toContain(said)
    expect(await has()).toEqual(stored)
  })

  test('to a server that is down is not done, and the error does not blame the key', async () => {
    const port = bind.port + 1
    const error = await refusal(writer({ server: { address: bind.primary.address, port } }))
    expect(error).toBeInstanceOf(ServiceError)
    expect(error.message).not.toContain('REFUSED')
  })

  test('whose answer somebody forged is not believed', async () => {
    bind.primary.intercept((message) => {
      if (!isUpdate(message)) return 'pass'
      const answer = Buffer.from(message)
      answer.writeUInt8(answer.readUInt8(2) | 0x80, 2)
      return { answer }
    })
    const error = await refusal(writer())
    expect(error).toBeInstanceOf(ServiceError)
    expect(error.message).toContain('signature')
    expect(await has()).toEqual(stored)
  })

  test('to a secondary says that another server takes updates', async () => {
    const [, ns2] = bind.nameServers
    const error = await refusal(writer({ server: { address: ns2.address, port: bind.port } }))
    expect(error).toBeInstanceOf(PermissionError)
    expect('hint' in error && error.hint).toContain('primary')
  })

  test('of a zone that takes none, and of one that is elsewhere', async () => {
    const provider = writer()
    const text = (zone: string) => ({
      key: { zone, name: zone, type: 'TXT' as const },
      ttl: 0,
      values: [],
      version: '',
    })
    const next = { ttl: 60, values: ['"a"'] }
    expect(await errorOf(provider.replace(text('fixed.example'), next))).toBeInstanceOf(PermissionError)
    expect(await errorOf(provider.replace(text('elsewhere.example'), next))).toBeInstanceOf(TenantError)
    expect(await errorOf(provider.zone('elsewhere.example'))).toBeInstanceOf(NotFoundError)
  })

  test.each([
    ['none.example.com', 'no address record'],
    ['alias.example.com', 'alias'],
    ['four.alias.example.com', 'no address record'],
  ])('that adds the MX %s is not sent: %s', async (host, said) => {
    let updates = 0
    bind.primary.intercept((message) => {
      if (isUpdate(message)) updates += 1
      return 'pass'
    })
    const error = await refusal(writer(), [`5 ${host}`, ...values])
    expect(error).toBeInstanceOf(TenantError)
    expect(error.message).toContain(said)
    expect(updates).toBe(0)
  })

  test.each(['four.example.com', 'six.example.com', 'mail.below.example.com', 'none.example.org'])(
    'that adds the MX %s is done',
    async (host) => {
      const provider = writer()
      await provider.replace(await provider.read(key), { ttl: 1800, values: [`5 ${host}`, ...values] })
      expect(await has()).toEqual([...stored, `5 ${host}`])
    },
  )

  test('that was interrupted is in doubt, and is not waited for', async () => {
    const controller = new AbortController()
    bind.primary.intercept((message) => {
      if (!isUpdate(message)) return 'pass'
      controller.abort(new Error('stopped'))
      return 'lose-answer'
    })
    const error = await refusal(writer({ signal: controller.signal, updateTimeoutMs: 30_000 }))
    expect(error).toBeInstanceOf(ServiceError)
    expect(error.message).toContain('interrupted')
  })

  test('that was done and not answered is found to be done, and then conflicts', async () => {
    bind.primary.intercept((message) => (isUpdate(message) ? 'lose-answer' : 'pass'))
    expect(await refusal(writer())).toBeInstanceOf(ServiceError)
    bind.primary.intercept(() => 'pass')
    expect(await has()).toEqual([...stored, '5 new.example.net'])
    const current = { key, ttl: 1800, values, version: '' }
    expect(await errorOf(writer().replace(current, { ttl: 1800, values: values.slice(1) }))).toBeInstanceOf(
      ConflictError,
    )
  })
})

describe('before anything is sent', () => {
  test('a missing nsupdate is named, with what to install', async () => {
    const error = await refusal(writer({ program: 'nsupdate-that-is-not-there' }))
    expect(error).toBeInstanceOf(UsageError)
    expect(`${error.message} ${'hint' in error ? error.hint : ''}`).toMatch(/no program.*bind9-dnsutils/)
    expect(await errorOf(providerAt(bind, { program: 'nsupdate-that-is-not-there' }).check())).toBeInstanceOf(
      UsageError,
    )
  })

  test('key file and nsupdate are found fit', async () => {
    await providerAt(bind).check()
    expect(await errorOf(providerAt(bind, { keyFile: '/nowhere.key' }).check())).toBeInstanceOf(UsageError)
  })

  test('the key is on no command line and in no environment', async () => {
    const seen: string[] = []
    bind.primary.intercept((message) => {
      if (isUpdate(message)) seen.push(...processesOf('nsupdate'))
      return 'pass'
    })
    const provider = writer()
    await provider.replace(await provider.read(key), { ttl: 1800, values: ['5 new.example.net', ...values] })
    expect(seen.join()).toContain(bind.keys.permitted)
    for (const secret of bind.secrets) expect(seen.join()).not.toContain(secret)
    expect(seen.join()).not.toContain('new.example.net')
  })
})

/** Command line and environment of the processes of this program that this one started. */
function processesOf(program: string): readonly string[] {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim().split(' ')
  const about = children.map((id) =>
    ['cmdline', 'environ'].map((name) => readFileSync(`/proc/${id}/${name}`, 'utf8')),
  )
  return about.filter(([cmdline = '']) => cmdline.startsWith(program)).flat()
}
