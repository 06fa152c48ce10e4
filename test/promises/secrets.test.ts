import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { FaultRequest } from '../../src/sandbox/faults.ts'
import { accepted, bystanders, type Credential, refused } from '../support/credentials.ts'
import { startProgram } from '../support/program.ts'
import { openWorld, type World } from '../support/world.ts'

const timeout = 120_000
const where = ['--platform', 'm365-inline', '--region', 'eu']

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
}

/** Everything that the program left in sight: its output, its command line, and every byte of its files. */
interface Sight {
  readonly codes: readonly (number | null)[]
  readonly texts: ReadonlyMap<string, string>
}

async function see(
  world: World,
  credential: Credential,
  commands: readonly (readonly string[])[],
): Promise<Sight> {
  const { OFFBOARD_EXCHANGE_TOKEN: _, ...places } = world.env
  const OFFBOARD_XRAY_URL = places.OFFBOARD_GRAPH_URL ?? ''
  const env = { ...places, ...bystanders, OFFBOARD_XRAY_URL, ...credential.env, HOME: world.folder }
  const texts = new Map<string, string>()
  const codes: (number | null)[] = []
  for (const [index, command] of commands.entries()) {
    const log = ['--verbose', '--log-file', join(world.folder, `log-${index}.jsonl`)]
    const started = startProgram([...command, '--auth', credential.auth, ...log], env)
    texts.set(`command line of ${command[0]}`, readFileSync(`/proc/${started.child.pid}/cmdline`, 'utf8'))
    const ended = await started.ended
    codes.push(ended.code)
    texts.set(`stdout of ${command[0]}`, ended.stdout)
    texts.set(`stderr of ${command[0]}`, ended.stderr)
  }
  for (const path of filesBelow(world.folder)) texts.set(path, readFileSync(path, 'latin1'))
  return { codes, texts }
}

/** How a secret may be written down by one who does not mean to. */
function spellings(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  const inside = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '')
      .slice(shift === 0 ? 0 : 4, -1),
  )
  return [secret, encodeURIComponent(secret), bytes.toString('hex'), ...inside]
}

function expectUnseen({ texts }: Sight, { secrets }: Credential): void {
  const seen = secrets.flatMap((secret) =>
    spellings(secret).flatMap((spelling) =>
      [...texts].filter(([, text]) => text.includes(spelling)).map(([name]) => `${name}: ${spelling}`),
    ),
  )
  expect(seen).toEqual([])
}

function extensions({ texts }: Sight): readonly string[] {
  return [...texts.keys()].map((name) => name.split('.').at(-1) ?? '')
}

describe('a secret is found nowhere: output, log, journal, backups, plan, letter, command line', () => {
  test.each(Object.entries(accepted))('%s', { timeout }, async (_, make) => {
    await using world = await openWorld({ scenario: 'plain' })
    await using credential = await make(world.env.OFFBOARD_EXCHANGE_TOKEN ?? '')
    const seen = await see(world, credential, [
      ['plan', ...where, '-o', join(world.folder, 'plan.json'), '--json'],
      ['run', ...where, '--yes', '--drain', '0'],
      ['resume', '--json'],
      ['verify', ...where],
      ['doctor', ...where.slice(0, 2)],
    ])
    expect(seen.codes.slice(0, 2), [...seen.texts.values()].join('\n')).toEqual([0, 3])
    for (const extension of ['json', 'jsonl', 'sqlite', 'eml', 'txt'])
      expect(extensions(seen), extension).toContain(extension)
    expectUnseen(seen, credential)
  })

  test.each(Object.entries(refused))('%s', { timeout }, async (_, make) => {
    await using world = await openWorld({ scenario: 'plain' })
    await using credential = await make()
    const seen = await see(world, credential, [
      ['run', ...where, '--yes', '--drain', '0', '--json'],
      ['run', ...where, '--dry-run'],
      ['doctor', ...where.slice(0, 2)],
    ])
    for (const code of seen.codes) expect(code).toBeGreaterThan(0)
    expect((await world.show()).writes).toEqual([])
    expectUnseen(seen, credential)
  })

  test.each<[string, FaultRequest]>([
    ['the sign-in fails once', { kind: 'outage', cmdlet: 'token' }],
    ['the sign-in is refused', { kind: 'denied', cmdlet: 'token' }],
    ['the sign-in is throttled once', { kind: 'throttle', cmdlet: 'token' }],
    ['the sign-in is cut off once', { kind: 'lost-answer', cmdlet: 'token' }],
    ['a read is refused', { kind: 'denied', cmdlet: 'Get-TransportRule', times: 9 }],
    ['a write is refused', { kind: 'denied', cmdlet: 'Remove-TransportRule' }],
    ['a write is cut off', { kind: 'lost-answer', cmdlet: 'Remove-InboundConnector' }],
  ])('%s', { timeout }, async (_, fault) => {
    await using world = await openWorld({ scenario: 'plain' })
    for (const make of [accepted['a client secret'], accepted['a certificate and its password']]) {
      await world.control.reset()
      await using credential = await make()
      await world.control.fail(fault)
      const seen = await see(world, credential, [['run', ...where, '--yes', '--drain', '0']])
      expect(seen.codes[0]).toBeGreaterThan(0)
      expectUnseen(seen, credential)
    }
  })
})
