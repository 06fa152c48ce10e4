import { afterEach, expect, test } from 'vitest'
import { openResolverAt, stop } from '../wire/test-resolver.ts'
import { readMailTxt } from './read.ts'

afterEach(stop)

const world = {
  'example.com': { txt: [['v=spf1 include:a.example ', '-all'], ['token=1']] },
  '_dmarc.example.com': { txt: [['v=DMARC1; p=none; rua=mailto:x@vendor.example']] },
  '_mta-sts.example.com': { txt: [['v=STSv1; id=1']] },
  '_smtp._tls.example.com': { txt: [['v=TLSRPTv1; rua=mailto:x@vendor.example']] },
  's1._domainkey.example.com': { cname: 'S1.dkim.vendor.example.', txt: [['v=DKIM1; p=MII']] },
  's2._domainkey.example.com': { cname: 'gone.vendor.example', rcode: 3 },
  '_dmarc.broken.example': { rcode: 2 },
  'xn--bcher-kva.example': { txt: [['v=spf1 -all']] },
}

async function found(domains: readonly string[], selectors: readonly string[] = []) {
  const { resolve, server } = await openResolverAt(world)
  const objects = await readMailTxt(resolve, domains, selectors)
  return { objects, server }
}

test('each place is read by one request, and only its own texts are given', async () => {
  const { objects, server } = await found(['example.com'], ['S1', 's2', 's3'])
  expect(objects.map(({ guid, properties }) => [guid, properties])).toEqual([
    [
      'spf:example.com',
      {
        domain: 'example.com',
        place: 'spf',
        name: 'example.com',
        state: 'answered',
        values: ['v=spf1 include:a.example -all'],
      },
    ],
    ['dmarc:example.com', expect.objectContaining({ state: 'answered', place: 'dmarc' })],
    ['mta-sts:example.com', expect.objectContaining({ values: ['v=STSv1; id=1'] })],
    ['tls-rpt:example.com', expect.objectContaining({ name: '_smtp._tls.example.com', state: 'answered' })],
    [
      'dkim:s1._domainkey.example.com',
      {
        domain: 'example.com',
        place: 'dkim',
        name: 's1._domainkey.example.com',
        state: 'answered',
        values: ['v=DKIM1; p=MII'],
        target: 's1.dkim.vendor.example',
      },
    ],
    [
      'dkim:s2._domainkey.example.com',
      expect.objectContaining({ state: 'answered', values: [], target: 'gone.vendor.example' }),
    ],
    ['dkim:s3._domainkey.example.com', expect.objectContaining({ state: 'no-record', values: [] })],
  ])
  expect(server.asked).toHaveLength(7)
})

test('a name that fails is not known, and takes no other with it', async () => {
  const { objects } = await found(['broken.example', 'no domain'])
  expect(objects.map(({ properties: { state, reason } }) => [state, reason])).toEqual([
    ['no-record', undefined],
    ['unresolvable', 'the name server failed (SERVFAIL)'],
    ['no-record', undefined],
    ['no-record', undefined],
    ...Array.from({ length: 4 }, () => ['unresolvable', 'it is not a domain name']),
  ])
})

test('an internationalised name keeps its own', async () => {
  const { objects } = await found(['Bücher.example'])
  expect(objects[0]).toMatchObject({
    guid: 'spf:Bücher.example',
    properties: { domain: 'Bücher.example', state: 'answered', values: ['v=spf1 -all'] },
  })
})
