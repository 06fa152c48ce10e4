import { readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { temporaryFolder } from '../config/temporary-folder.ts'
import { UsageError } from '../model/errors.ts'
import { readClientCertificate } from './pem.ts'
import { encryptKey, makeCertificate, makePfx, openssl } from './test-certificates.ts'

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())
const good = makeCertificate(folder)
const encrypted = encryptKey(folder, good.key, 'pass word')

function read(content: string | Buffer, password?: string, now = new Date()) {
  return readClientCertificate(Buffer.from(content), { path: 'app.pem', password, now }).pem
}

test('key and certificate in either order, with an encrypted key or not, read the same', () => {
  const pem = read(good.certificate + good.key)
  expect(read(good.key + good.certificate)).toBe(pem)
  expect(read(good.certificate.replaceAll('\n', '\r\n') + good.key)).toContain('BEGIN PRIVATE KEY')
  expect(read(good.certificate + encrypted, 'pass word')).toBe(pem)
})

test('what openssl makes of a PFX is read, as the hint for a PFX says', () => {
  const pfx = makePfx(folder, good)
  expect(() => read(readFileSync(pfx))).toThrow(/PFX/)
  openssl(folder, ['pkcs12', '-in', pfx, '-passin', 'pass:', '-out', 'converted.pem', '-noenc'])
  const converted = readFileSync(`${folder.path}/converted.pem`)
  expect(converted.toString()).toContain('Bag Attributes')
  expect(read(converted)).toBe(read(good.certificate + good.key))
})

const other = makeCertificate(folder)
const elliptic = makeCertificate(folder, 'ec')

test.each<[string, string, string | undefined, RegExp]>([
  ['no PEM', 'hello', undefined, /not a PEM file/],
  ['no certificate', good.key, undefined, /no certificate/],
  ['no key', good.certificate, undefined, /no private key/],
  ['an encrypted key without password', good.certificate + encrypted, undefined, /cannot be read/],
  ['a wrong password', good.certificate + encrypted, 'CANARY', /cannot be read/],
  ['a key of another certificate', other.certificate + good.key, undefined, /does not belong/],
  ['a key that is not RSA', elliptic.certificate + elliptic.key, undefined, /not an RSA key/],
  [
    'a broken certificate',
    `${good.certificate.slice(0, 200)}\n-----END CERTIFICATE-----\n${good.key}`,
    undefined,
    /certificate cannot be read/,
  ],
])('%s is refused', (_, content, password, said) => {
  expect(() => read(content, password)).toThrow(UsageError)
  expect(() => read(content, password)).toThrow(said)
  expect(() => read(content, password)).toThrow(
    /^read app\.pem, which AZURE_CLIENT_CERTIFICATE_PATH names: (?!.*CANARY)/,
  )
})

test('an expired certificate is refused', () => {
  const later = new Date(Date.now() + 3 * 86_400_000)
  expect(() => read(good.certificate + good.key, undefined, later)).toThrow(
    /its certificate expired on \d{4}-\d\d-\d\d$/,
  )
})
