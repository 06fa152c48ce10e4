import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UsageError } from '../model/errors.ts'
import { parseTenant } from './tenant.ts'

test.each([
  ['11111111-2222-3333-4444-55555555ABCD', { kind: 'id', value: '11111111-2222-3333-4444-55555555abcd' }],
  ['Contoso.OnMicrosoft.com', { kind: 'domain', value: 'contoso.onmicrosoft.com' }],
  [' contoso.com ', { kind: 'domain', value: 'contoso.com' }],
  ['bücher.example', { kind: 'domain', value: 'xn--bcher-kva.example' }],
])('%s is a tenant', (text, tenant) => {
  expect(parseTenant(text, '--tenant')).toEqual(tenant)
})

test.each([
  '',
  'contoso',
  'contoso..com',
  '-contoso.com',
  'contoso.com/evil',
  'https://contoso.com',
  'contoso.com:443',
  'user@contoso.com',
  'contoso.com\n',
  'contoso\u202e.com',
  'con\u200btoso.com',
  '10.0.0.1',
  '*.contoso.com',
  'contoso.com?x=1',
  'contoso.com\uff0fevil',
  'contoso.com\\evil',
  'contoso%2ecom',
  `${'a'.repeat(64)}.com`,
  '11111111-2222-3333-4444-55555555abc',
])('%j is refused, naming the option', (text) => {
  expect(() => parseTenant(text, '--tenant')).toThrow(UsageError)
  expect(() => parseTenant(text, '--tenant')).toThrow(/--tenant/)
})

test('a hidden character is shown, not printed', () => {
  expect(() => parseTenant('a\u202eb.com', 'OFFBOARD_TENANT')).toThrow('"a\\u{202e}b.com"')
})

test('reading what was read changes nothing', () => {
  fc.assert(
    fc.property(fc.domain(), (domain) => {
      const once = parseTenant(domain, '--tenant')
      expect(parseTenant(once.value, '--tenant')).toEqual(once)
    }),
  )
})
