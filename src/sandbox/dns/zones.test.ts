import { Resolver } from 'node:dns/promises'
import { decode, encode, type RecordType } from 'dns-packet'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DnsState } from '../tenant/state.ts'
import { answerQuery } from './answer.ts'
import { listenDns } from './server.ts'
import { readMx, readTxt, txtOf, writeMx, writeTxt } from './values.ts'
import { newZone, putSet, setOf, zoneOf } from './zones.ts'

const long = txtOf('v=DKIM1; p='.padEnd(900, 'A'))

function records(type: string, name: string, ...values: readonly string[]) {
  return { type, name, ttl: 600, values }
}

function dns(): DnsState {
  const sets = [
    records('MX', 'example.org', '10 mail.example.org', '20 mail.example.net'),
    records('A', 'mail.example.org', '192.0.2.1'),
    records('AAAA', 'mail.example.org', '2001:db8::1'),
    records('CNAME', 'alias.example.org', 'mail.example.org'),
    records('CNAME', 'loop.example.org', 'loop.example.org'),
    records('TXT', 'long._domainkey.example.org', long),
    records('MX', 'null.example.org', '0 .'),
  ]
  return {
    zones: [newZone('example.org', sets), newZone('sub.example.org', [], ['ns.sub.example.org'])],
    cloudflare: { records: [], made: 0 },
    mtaSts: {},
    smtp: 'answers',
    routing: [],
    serverFailure: [],
  }
}

function ask(name: string, type: RecordType, over: 'udp' | 'tcp' = 'udp') {
  const answer = answerQuery(dns(), encode({ type: 'query', id: 1, questions: [{ type, name }] }), over)
  return decode(answer ?? Buffer.alloc(0))
}

describe('a zone', () => {
  it('has name servers and a start of authority at its apex, and each server is this one', () => {
    expect(ask('example.org', 'NS').answers).toMatchObject([
      { type: 'NS', data: 'ns1.hosted-dns.example' },
      { type: 'NS', data: 'ns2.hosted-dns.example' },
    ])
    expect(ask('example.org', 'SOA').answers).toMatchObject([
      { type: 'SOA', name: 'example.org', data: { mname: 'ns1.hosted-dns.example', serial: 2026010101 } },
    ])
    expect(ask('ns2.hosted-dns.example', 'A').answers).toMatchObject([{ data: '127.0.0.1' }])
    expect(ask('ns2.hosted-dns.example', 'AAAA')).toMatchObject({ rcode: 'NOERROR', answers: [] })
    expect(ask('ns.sub.example.org', 'A').answers).toMatchObject([{ data: '127.0.0.1' }])
  })

  it('answers with authority and with the TTL of the set', () => {
    const answer = ask('EXAMPLE.org', 'MX')
    expect(answer).toMatchObject({
      flag_aa: true,
      answers: [
        { ttl: 600, data: { preference: 10, exchange: 'mail.example.org' } },
        { ttl: 600, data: { preference: 20 } },
      ],
    })
    expect(ask('null.example.org', 'MX').answers).toMatchObject([{ data: { preference: 0, exchange: '.' } }])
    expect(ask('mail.example.org', 'AAAA').answers).toMatchObject([{ data: '2001:db8::1' }])
  })

  it('follows an alias, and does not run in circles', () => {
    expect(ask('alias.example.org', 'A').answers?.map(({ type }) => type)).toEqual(['CNAME', 'A'])
    expect(ask('alias.example.org', 'CNAME').answers).toHaveLength(1)
    expect(ask('loop.example.org', 'A')).toMatchObject({ rcode: 'NOERROR' })
  })

  it.each([
    ['mail.example.org', 'TXT', 'NOERROR', 'example.org'],
    ['_domainkey.example.org', 'TXT', 'NOERROR', 'example.org'],
    ['no.example.org', 'MX', 'NXDOMAIN', 'example.org'],
    ['no.sub.example.org', 'MX', 'NXDOMAIN', 'sub.example.org'],
    ['nowhere.example', 'MX', 'NXDOMAIN', '.'],
  ] as const)('says of %s %s: %s, by the authority of %s', (name, type, rcode, zone) => {
    expect(ask(name, type)).toMatchObject({ rcode, answers: [], authorities: [{ type: 'SOA', name: zone }] })
  })

  it('is cut over UDP where it is too long, and whole over TCP', async () => {
    expect(ask('long._domainkey.example.org', 'TXT')).toMatchObject({ flag_tc: true, answers: [] })
    expect(ask('long._domainkey.example.org', 'TXT', 'tcp').answers).toHaveLength(1)
    const server = await listenDns(dns, 0)
    const resolver = new Resolver()
    resolver.setServers([`127.0.0.1:${server.port}`])
    const [strings = []] = await resolver.resolveTxt('long._domainkey.example.org')
    expect(strings.map(({ length }) => length)).toEqual([255, 255, 255, 135])
    await server.close()
  })

  it('takes a set whole, in its place, and counts up', () => {
    const zone = newZone('example.org', [
      records('MX', 'example.org', '10 a.example'),
      records('TXT', 'example.org', '"b"'),
    ])
    putSet(zone, { ...records('MX', 'example.org', '10 c.example'), ttl: 60 })
    expect(zone.sets[0]).toEqual({
      ...{ type: 'MX', name: 'example.org', ttl: 60, values: ['10 c.example'] },
      revision: 2026010102,
    })
    putSet(zone, records('MX', 'example.org'))
    expect(setOf(zone, 'example.org', 'MX')).toBeUndefined()
    expect(zone).toMatchObject({ serial: 2026010103, sets: [{ type: 'TXT', revision: 2026010101 }] })
    expect(zoneOf(dns().zones, 'a.sub.example.org')?.name).toBe('sub.example.org')
  })
})

describe('a value in the form of zone files', () => {
  it('holds any bytes of a TXT record, string by string', () => {
    const strings = fc.array(fc.uint8Array({ maxLength: 255 }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(strings, (given) => {
        const value = writeTxt(given)
        expect(value).toMatch(/^[\x20-\x7e]*$/)
        expect(readTxt(value)?.map((bytes) => [...bytes])).toEqual(given.map((bytes) => [...bytes]))
      }),
    )
  })

  it.each(['', 'bare', '"open', '"a""b"', `"${'a'.repeat(256)}"`])('refuses the TXT value %j', (value) => {
    expect(readTxt(value)).toBeUndefined()
  })

  it('holds an MX record', () => {
    expect(readMx('10 Mail.example.org.')).toEqual({ preference: 10, exchange: 'mail.example.org' })
    expect(writeMx({ preference: 0, exchange: '' })).toBe('0 .')
    expect(readMx('0 .')).toEqual({ preference: 0, exchange: '' })
    for (const value of ['', '10', '65536 a.example', 'x a.example']) expect(readMx(value)).toBeUndefined()
  })
})
