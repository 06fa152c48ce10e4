import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reportAddresses } from './report-addresses.ts'
import { parseSpf } from './spf.ts'

const host = fc.domain().map((name) => name.toLowerCase())
const qualifier = fc.constantFrom('', '+', '-', '~', '?')

test('an SPF record says what it was made of', () => {
  const term = fc.oneof(
    fc
      .tuple(qualifier, fc.constantFrom('include', 'a', 'mx', 'exists', 'ptr'), host)
      .map(([sign, name, value]) => ({ text: `${sign}${name}:${value}`, name, value, prefix: '' })),
    fc
      .tuple(fc.constantFrom('redirect', 'exp'), host)
      .map(([name, value]) => ({ text: `${name}=${value}`, name, value, prefix: '' })),
    fc
      .tuple(qualifier, fc.ipV4(), fc.constantFrom('', '/8', '/32'))
      .map(([sign, value, prefix]) => ({ text: `${sign}ip4:${value}${prefix}`, name: 'ip4', value, prefix })),
    fc
      .tuple(qualifier, fc.ipV6(), fc.constantFrom('', '/32', '/128'))
      .map(([sign, value, prefix]) => ({ text: `${sign}ip6:${value}${prefix}`, name: 'ip6', value, prefix })),
    qualifier.map((sign) => ({ text: `${sign}all`, name: 'all', value: '', prefix: '' })),
  )
  fc.assert(
    fc.property(fc.array(term), (terms) => {
      expect(parseSpf(['V=SPF1', ...terms.map(({ text }) => text)].join(' '))).toEqual(terms)
    }),
  )
})

test.each([
  ['a', { name: 'a', value: '', prefix: '' }],
  ['MX/24//64', { name: 'mx', value: '', prefix: '/24' }],
  ['a:mail.example.com/28//64', { name: 'a', value: 'mail.example.com', prefix: '/28' }],
  ['include:%{i}._spf.example.com', { name: 'include', value: '%{i}._spf.example.com', prefix: '' }],
  ['exists:%{l1r+-/}.example.com', { name: 'exists', value: '%{l1r+-/}.example.com', prefix: '' }],
])('the term %s is read', (text, term) => {
  expect(parseSpf(`v=spf1  ${text} `)).toEqual([{ text, ...term }])
})

test('what is no term is passed over, and what is no record is none', () => {
  expect(parseSpf('v=spf1 :x = 1 a')?.map(({ text }) => text)).toEqual(['a'])
  expect(parseSpf('v=spf10 a')).toBeUndefined()
  expect(parseSpf('')).toBeUndefined()
  fc.assert(fc.property(fc.string(), (text) => parseSpf(`v=spf1 ${text}`) !== undefined))
})

test.each([
  [
    'v=DMARC1; p=none; rua=mailto:a@One.example!10m, mailto:b@two.example; ruf = mailto:c@three.example',
    [
      ['rua', 'mailto:a@One.example', 'one.example'],
      ['rua', 'mailto:b@two.example', 'two.example'],
      ['ruf', 'mailto:c@three.example', 'three.example'],
    ],
  ],
  ['v=TLSRPTv1;rua=https://in.example/v1?a=b', [['rua', 'https://in.example/v1?a=b', 'in.example']]],
  ['v=DMARC1; p=none', []],
  ['v=DMARC1; rua=nobody; ruf', []],
])('the reports of %s', (text, addresses) => {
  expect(reportAddresses(text).map(({ tag, uri, host: name }) => [tag, uri, name])).toEqual(addresses)
})

test('every address that a DMARC record names is found', () => {
  const address = fc
    .tuple(fc.stringMatching(/^[a-z0-9.]{1,9}$/), host)
    .map(([user, name]) => ({ user, name }))
  fc.assert(
    fc.property(fc.array(address, { minLength: 1 }), (given) => {
      const uris = given.map(({ user, name }) => `mailto:${user}@${name}`)
      const found = reportAddresses(`v=DMARC1;p=reject;rua=${uris.join(',')}`)
      expect(found.map(({ host: name }) => name)).toEqual(given.map(({ name }) => name))
    }),
  )
})
