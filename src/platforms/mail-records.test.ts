import { describe, expect, it } from 'vitest'
import { buildFootprint } from '../footprint/footprint.ts'
import type { JsonObject } from '../model/json.ts'
import type { TenantObject } from '../model/resource.ts'
import { mailRecordLeftovers, uncheckedMailRecords } from './mail-records.ts'
import type { VendorMail } from './mail-txt-traces.ts'

const footprint = buildFootprint(['eu'])
const vendor: VendorMail = { hosts: ['inbound-smtp.eu-west-1.amazonaws.com'], txt: [] }

function txt(place: string, values: readonly string[], more: JsonObject = {}): TenantObject {
  const name = place === 'spf' ? 'example.com' : `_${place}.example.com`
  const properties = { domain: 'example.com', place, name, state: 'answered', values: [...values], ...more }
  return { guid: `${place}:example.com`, name, properties }
}

function policy(mode: string, mx: readonly string[]): TenantObject {
  return object({ domain: 'example.com', state: 'read', mode, mx: [...mx] })
}

function object(properties: JsonObject): TenantObject {
  return { guid: 'example.com', name: 'example.com', properties }
}

function contextOf(objects: Readonly<Record<string, readonly TenantObject[]>>) {
  const read = Object.entries(objects).map(([kind, value]) => [kind, { ok: true, value }] as const)
  const tenant = { id: 'example.com', name: 'example.com', domains: [] }
  return { footprint, survey: { takenAt: '2026-11-24T00:00:00Z', tenant, objects: new Map(read) } }
}

function found(objects: Readonly<Record<string, readonly TenantObject[]>>, named: VendorMail = vendor) {
  return mailRecordLeftovers(contextOf(objects), named).map(({ id, reason }) => [id, reason])
}

describe('SPF', () => {
  it.each([
    'include:spf.perception-point.io',
    '+include:%{i}._spf.Perception-Point.io',
    'a:mail.perception-point.io/24',
    'mx:perception-point.io',
    'redirect=_spf.perception-point.io',
    'exists:%{i}.perception-point.io',
    '?ip4:99.81.216.78',
    'ip4:99.81.216.0/24',
    'ip4:3.81.182.154',
    'a:inbound-smtp.eu-west-1.amazonaws.com',
  ])('%s is the vendor’s', (term) => {
    const record = `v=spf1 include:spf.protection.outlook.com ${term} -all`
    expect(found({ 'mail-txt': [txt('spf', [record])] })).toEqual([
      ['spf:example.com', `example.com names the vendor: ${term}`],
    ])
  })

  it.each([
    'include:spf.protection.outlook.com',
    'include:amazonses.com',
    'include:notperception-point.io',
    'include:perception-point.io.example',
    'ip4:99.81.217.0/24',
    'ip6:2001:db8::/32',
    'a',
    'mx/24',
  ])('%s is not', (term) => {
    expect(found({ 'mail-txt': [txt('spf', [`v=spf1 ${term} -all`])] })).toEqual([])
  })
})

it('reports that go to the vendor are found, with the tag', () => {
  const dmarc = txt('dmarc', [
    'v=DMARC1; p=none; rua=mailto:a@perception-point.io,mailto:b@example.com; ruf=mailto:c@x.perception-point.io',
  ])
  const tls = txt('tls-rpt', ['v=TLSRPTv1; rua=https://tls.perception-point.io/v1'])
  expect(found({ 'mail-txt': [dmarc, tls] })).toEqual([
    [
      'dmarc:example.com',
      '_dmarc.example.com names the vendor: rua=mailto:a@perception-point.io, ruf=mailto:c@x.perception-point.io',
    ],
    ['tls-rpt:example.com', '_tls-rpt.example.com names the vendor: rua=https://tls.perception-point.io/v1'],
  ])
})

it('a key of DKIM is found by whom it is an alias of, or by its selector', () => {
  const name = 's1._domainkey.example.com'
  const alias = { ...txt('dkim', [], { target: 's1.dkim.perception-point.io' }), name }
  const key = { ...txt('dkim', ['v=DKIM1; p=MII']), name }
  const foreign = { ...txt('dkim', ['v=DKIM1; p=MII'], { target: 's1.example.net' }), name }
  const none = { ...txt('dkim', []), name }
  expect(found({ 'mail-txt': [alias, foreign, none] })).toEqual([
    [`dkim:${name}`, `${name} names the vendor: an alias of s1.dkim.perception-point.io`],
  ])
  expect(found({ 'mail-txt': [key] })).toMatchObject([[`dkim:${name}`, expect.stringContaining('selector')]])
})

it.each([
  ['enforce', ['*.perception-point.io'], 1],
  ['testing', ['mx.example.com', 'mx.perception-point.io'], 1],
  ['enforce', ['*.eu-west-1.amazonaws.com'], 1],
  ['enforce', ['*.amazonaws.com'], 0],
  ['enforce', ['mx.example.com'], 0],
  ['none', ['*.perception-point.io'], 0],
] as const)('an MTA-STS policy (%s) that permits %j', (mode, mx, count) => {
  expect(found({ 'mta-sts-policy': [policy(mode, mx)] })).toHaveLength(count)
})

describe('a value at _amazonses', () => {
  const proof = object({ domain: 'example.com', name: '_amazonses.example.com', values: ['a=', 'b='] })
  const spf = txt('spf', ['v=spf1 include:perception-point.io'])
  const mx = object({ domain: 'example.com', records: [{ preference: 10, host: 'mx.perception-point.io' }] })

  it('is shown where something else of the domain is the vendor’s', () => {
    const reason = "_amazonses.example.com holds a=, b=: one of them may be the vendor's"
    expect(found({ 'ses-txt': [proof], mx: [mx] })).toEqual([['ses-txt:example.com', reason]])
    expect(found({ 'ses-txt': [proof], 'mail-txt': [spf] })).toContainEqual(['ses-txt:example.com', reason])
  })

  it('proves nothing alone, and is not in question where the operator named the vendor’s', () => {
    expect(found({ 'ses-txt': [proof] })).toEqual([])
    expect(found({ 'ses-txt': [proof], mx: [mx] }, { ...vendor, txt: ['a='] })).toEqual([])
  })
})

it('what could not be read is not checked, one line for each domain and kind', () => {
  const failed = { state: 'unresolvable', reason: 'no name server answered in time' }
  const unread = uncheckedMailRecords(
    contextOf({
      'mail-txt': [txt('spf', [], failed), txt('dmarc', [], failed), txt('tls-rpt', [])],
      'mta-sts-policy': [
        object({ domain: 'example.com', state: 'unreadable', mx: [], reason: 'its host answered 404' }),
      ],
    }),
  )
  expect(unread).toEqual([
    {
      kind: 'mail-txt',
      reason: 'example.com (SPF, DMARC): no name server answered in time',
      required: false,
    },
    { kind: 'mta-sts-policy', reason: 'example.com: its host answered 404', required: false },
  ])
})

it('every leftover says its harm and its remedy', () => {
  const objects = {
    'mail-txt': [txt('spf', ['v=spf1 include:perception-point.io'])],
    'mta-sts-policy': [policy('enforce', ['perception-point.io'])],
  }
  for (const { harm, remedy } of mailRecordLeftovers(contextOf(objects)))
    expect([harm, remedy]).not.toContain('')
})
