import fc from 'fast-check'
import { expect, test } from 'vitest'
import { secret } from '../config/secret.ts'
import { createScrubber } from './scrub.ts'

test('a secret of the environment is taken out in every spelling', () => {
  const wire = [
    (value: string) => value,
    (value: string) => JSON.stringify({ said: value }),
    (value: string) => `client_x=${encodeURIComponent(value)}&b`,
    (value: string) => new URLSearchParams({ x: value }).toString(),
    (value: string) => Buffer.from(value).toString('base64'),
    (value: string) => Buffer.from(value).toString('base64url'),
  ]
  fc.assert(
    fc.property(
      fc.string({ minLength: 8, unit: 'binary' }).map((value) => `k${value}`),
      (value) => {
        const scrub = createScrubber({ AZURE_CLIENT_SECRET: secret(value) })
        for (const spell of wire) {
          const spelled = spell(value)
          expect(scrub(`before ${spelled} after`)).not.toContain(spelled)
        }
        expect(scrub(`before ${value} after`)).not.toContain(value)
      },
    ),
  )
})

const scrub = createScrubber({})

test.each([
  ['a JWT', 'got eyJhbGciOiJub25l.eyJhdWQiOiJDQU5BUlki.c2lnbmF0dXJl from', 'got [token] from'],
  ['an unsigned JWT', 'eyJhbGciOiJub25l.eyJhdWQiOiJDQU5BUlki.', '[token]'],
  ['a bearer header', '{"authorization":"Bearer CANARY"}', '{"authorization":"[secret]"}'],
  ['a bearer text', 'sent Bearer CANARY, then', 'sent Bearer [secret], then'],
  [
    'a form',
    'grant_type=x&client_assertion=CANARY&client_secret=CANARY',
    'grant_type=x&client_assertion=[secret]&client_secret=[secret]',
  ],
  [
    'an answer',
    '{"refresh_token": "CAN\\"ARY","expires_in":1}',
    '{"refresh_token": "[secret]","expires_in":1}',
  ],
  ['a URL with a password', 'postgres://app:CANARY@db/x', 'postgres://[secret]@db/x'],
  [
    'a private key',
    '-----BEGIN PRIVATE KEY-----\nCANARY\n-----END PRIVATE KEY-----\nok',
    '[private key]\nok',
  ],
  ['a private key cut off', '-----BEGIN RSA PRIVATE KEY-----\nCANARY', '[private key]'],
])('%s is taken out', (_, text, rest) => {
  expect(scrub(text)).toBe(rest)
})

test.each([
  'AADSTS7000215: Invalid client secret provided.',
  'error code=90002, https://login.microsoftonline.com/contoso.com',
  'The password=policy is documented in mail@contoso.com',
])('%s stays readable', (text) => {
  expect(scrub(text).length).toBeGreaterThan(text.length - 12)
})

test('the password within a database URL is known by itself', () => {
  const withUrl = createScrubber({ OFFBOARD_DATABASE_URL: secret('postgres://app:p%40ssword@db/x') })
  expect(() => createScrubber({ OFFBOARD_DATABASE_URL: secret('postgres://app:50%@db/x') })).not.toThrow()
  expect(withUrl('role app, p@ssword, p%40ssword')).toBe('role app, [secret], [secret]')
})
