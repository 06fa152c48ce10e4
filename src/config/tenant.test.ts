import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UsageError } from '../model/errors.ts'
import { assertTenantOf, parseTenant } from './tenant.ts'

test.each([
  ['11111111-2222-3333-4444-55555555ABCD', { kind: 'id', value: '11111111-2222-3333-4444-55555555abcd' }],
  ['Contoso.OnMicrosoft.com', { kind: 'domain', value: 'contoso.onmicrosoft.com' }],
  [' contoso.com ', { kind: 'domain', value: 'contoso.com' }],
  ['C03az79cb', { kind: 'customer', value: 'C03az79cb' }],
  [' c03az79cb ', { kind: 'customer', value: 'c03az79cb' }],
  ['c03az79cb.example', { kind: 'domain', value: 'c03az79cb.example' }],
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
  'my_customer',
  'C03',
  'C03AZ79CB',
  'customers/C03az79cb',
])('%j is refused, naming the option', (text) => {
  expect(() => parseTenant(text, '--tenant')).toThrow(UsageError)
  expect(() => parseTenant(text, '--tenant')).toThrow(/--tenant/)
})

test.each([
  ['google-workspace', '11111111-2222-3333-4444-55555555abcd'],
  ['m365-inline', 'C03az79cb'],
  ['m365-api', 'C03az79cb'],
] as const)('for %s, %s is refused as an id of the other service', (platform, tenant) => {
  expect(() => assertTenantOf(platform, tenant, 'OFFBOARD_TENANT')).toThrow(UsageError)
  expect(() => assertTenantOf(platform, tenant, 'OFFBOARD_TENANT')).toThrow(
    new RegExp(`OFFBOARD_TENANT.*${platform}`),
  )
})

test.each([
  ['google-workspace', 'C03az79cb'],
  ['google-workspace', 'contoso.com'],
  ['m365-inline', '11111111-2222-3333-4444-55555555abcd'],
  ['m365-api', 'contoso.com'],
] as const)('for %s, %s is a tenant', (platform, tenant) => {
  expect(() => assertTenantOf(platform, tenant, '--tenant')).not.toThrow()
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
