import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { administratorKey, privateKeyPem } from '../../../test/google/credentials.ts'
import { type GoogleCredential, openGoogleWorld } from '../../../test/support/google.ts'
import type { World } from '../../../test/support/world.ts'
import { forThisTest } from '../doctor/test-doctor.ts'

const platform = ['--platform', 'google-workspace', '--region', 'eu']

/** What may be found nowhere; all access tokens of Google's, and of the sandbox, begin alike. */
const secrets = [
  ...privateKeyPem.split('\n').filter((line) => line.length > 40 && !line.startsWith('-----')),
  administratorKey.client_secret,
  administratorKey.refresh_token,
  'ya29.',
  'eyJhbGciOiJSUzI1Ni',
]

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name !== 'google-key.json')
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
}

/** Everything that is left of these command lines: what they printed, and every byte of their files. */
async function textsOf(world: World, commands: readonly (readonly string[])[]) {
  const texts = new Map<string, string>()
  for (const [index, command] of commands.entries()) {
    const log = ['--verbose', '--log-file', join(world.folder, `log-${index}.jsonl`)]
    const { stdout, stderr } = await world.offboard(...command, ...log)
    texts.set(`output of ${command[0]}`, stdout + stderr)
  }
  for (const path of filesBelow(world.folder)) texts.set(path, readFileSync(path, 'latin1'))
  expect([...texts.keys()]).toContain(join(world.folder, 'log-0.jsonl'))
  return texts
}

async function expectUnseen(world: World): Promise<void> {
  const texts = await textsOf(world, [
    ['doctor', '--platform', 'google-workspace'],
    ['plan', ...platform, '-o', 'plan.json'],
    ['run', ...platform, '--yes', '--google-policy-writes'],
    ['verify', ...platform],
  ])
  const seen = secrets.flatMap((secret) =>
    [...texts].filter(([, text]) => text.includes(secret)).map(([name]) => `${name}: ${secret}`),
  )
  expect(seen).toEqual([])
}

describe('a secret of Google’s is found nowhere: output, log, journal, plan', () => {
  it.each<GoogleCredential>(['service-account', 'administrator', 'token'])(
    'of a credential that works: %s',
    async (credential) => {
      const world = await forThisTest(openGoogleWorld({ scenario: 'google-policy-writes', credential }))
      await expectUnseen(world)
      expect((await world.show()).writes).toHaveLength(1)
    },
  )

  it.each<[GoogleCredential, Readonly<Record<string, string>>]>([
    ['service-account', { OFFBOARD_GOOGLE_SUBJECT: 'nobody@contoso.com' }],
    ['token', { OFFBOARD_GOOGLE_TOKEN: 'ya29.of-nobody' }],
    ['token', { GOOGLE_APPLICATION_CREDENTIALS: '/etc/hostname' }],
    ['service-account', { OFFBOARD_GOOGLE_TOKEN: 'ya29.second' }],
  ])('of one that is refused: %s with %j', async (credential, change) => {
    const world = await forThisTest(openGoogleWorld({ scenario: 'google-policy-writes', credential }))
    Object.assign(world.env, change)
    await expectUnseen(world)
    expect((await world.show()).writes).toEqual([])
  })

  it('of requests that fail', async () => {
    const world = await forThisTest(openGoogleWorld({ scenario: 'google-policy-writes' }))
    for (const cmdlet of ['POST token', 'GET policies', 'GET customers'])
      await world.control.fail({ kind: 'lost-answer', cmdlet, times: 9 })
    await expectUnseen(world)
  })
})
