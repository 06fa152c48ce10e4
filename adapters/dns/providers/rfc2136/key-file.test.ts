import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { UsageError } from '../../../../src/model/errors.ts'
import { readKeyFile } from './key-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'offboard-keys-'))
afterAll(() => rmSync(folder, { recursive: true }))

const secret = 'c2VjcmV0LWluLWJhc2U2NA=='
const good = `key "offboard-key" {\n\talgorithm hmac-sha256;\n\tsecret "${secret}";\n};\n`
let count = 0

function fileOf(text: string, mode = 0o600): string {
  count += 1
  const file = join(folder, `${count}.key`)
  writeFileSync(file, text)
  chmodSync(file, mode)
  return file
}

test.each([
  ['as tsig-keygen writes it', good, 'hmac-sha256'],
  [
    'in one line, without quotes',
    `key offboard-key { secret ${secret}; algorithm HMAC-SHA512.; };`,
    'hmac-sha512',
  ],
  ['with comments', `# a } key\n/* key "x" { */\n// made\n${good}`, 'hmac-sha256'],
])('a key %s is read', async (_, text, algorithm) => {
  const file = fileOf(text)
  expect(await readKeyFile(file)).toEqual({ file, name: 'offboard-key', algorithm })
})

async function refusal(file: string): Promise<Error> {
  const error = await readKeyFile(file).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(UsageError)
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret.slice(0, 8))
  if (!(error instanceof Error)) throw new Error('it was read')
  expect(error.message).toContain(file)
  return error
}

test.each([
  ['empty', '', 'not one "key" statement'],
  ['a private key of DNSSEC', `Private-key-format: v1.3\nKey: ${secret}\n`, 'not one "key" statement'],
  ['a secret alone', secret, 'not one "key" statement'],
  ['two keys', good + good, 'not one "key" statement'],
  ['cut off', good.slice(0, -5), 'not one "key" statement'],
  ['without an algorithm', good.replace(/algorithm.*;/, ''), 'algorithm'],
  ['of an unknown algorithm', good.replace('hmac-sha256', 'rot13'), 'algorithm'],
  ['without a secret', good.replace(/secret.*;/, ''), 'secret'],
  ['with a secret not in base64', good.replace('==', '!'), 'secret'],
  ['with a secret cut short', good.replace('A==', ''), 'secret'],
  ['huge', good + ' '.repeat(20_000), 'bytes'],
])('a key file that is %s is refused without a word of it', async (_, text, reason) => {
  expect((await refusal(fileOf(text))).message).toContain(reason)
})

test.each([0o640, 0o604, 0o660, 0o644])('a key file that others may use is refused (%o)', async (mode) => {
  expect((await refusal(fileOf(good, mode))).message).toContain(`mode 0${mode.toString(8)}`)
})

test('a key file that is not there is refused by its name', async () => {
  expect((await refusal(join(folder, 'none.key'))).message).toContain('ENOENT')
})

test('a folder is no key file', async () => {
  chmodSync(folder, 0o700)
  await refusal(folder)
})
