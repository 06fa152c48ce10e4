import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/model/json.ts'
import { openWorld, type World } from '../support/world.ts'

type Act = readonly [string, JsonObject?]

const set = (kind: string, name: string, property: string, value: JsonObject[string]): Act => [
  'set',
  { kind, name, property, value },
]

const high = 'Send Office 365 spam emails to Junk folder (High)'
const inbound = 'Disable IP Throttling on Perception Point Connector'

/** Whatever the plan rests on, changed by somebody after it was approved. */
const touching: readonly (readonly [string, Act])[] = [
  ['the redirect rule is edited', ['edit-redirect-rule']],
  ['the redirect rule is disabled', ['disable-redirect-rule']],
  ['the redirect rule is deleted', ['delete-redirect-rule']],
  ['the redirect rule is renamed', ['rename-redirect-rule']],
  ['the spam rule is edited', set('transport-rule', 'Perception Point Spam Rule', 'Comments', 'ours now')],
  ['a junk rule is disabled', set('transport-rule', high, 'State', 'Disabled')],
  ['the inbound connector is edited', set('inbound-connector', inbound, 'RequireTls', false)],
  [
    'the outbound connector is edited',
    set('outbound-connector', 'Perception Point Scanning', 'TlsSettings', 'CertificateValidation'),
  ],
  ['a vendor address is removed', ['remove-address', { address: '99.81.216.78' }]],
  ['an address is added, so the safe list must stay on', ['add-address']],
  ['a rule of the customer’s routes to the connector', ['add-routing-rule']],
]

/** Edits elsewhere. */
const elsewhere: readonly (readonly [string, Act])[] = [
  ['a new rule of the customer’s', ['add-customer-rule', { place: 0 }]],
  ['an edited rule of the customer’s', ['edit-customer-rule']],
  ['a deleted rule of the customer’s', ['delete-customer-rule']],
  ['a new connector of the customer’s', ['add-customer-connector']],
]

async function planFile(world: World): Promise<string> {
  const file = join(world.folder, 'plan.json')
  const dry = await world.run('--dry-run', '-o', file)
  expect(dry.exitCode).toBe(0)
  return file
}

/** Another value of the same kind. */
function altered(value: unknown): unknown {
  if (typeof value === 'string') return `${value}x`
  return Array.isArray(value) ? [...value, value[0] ?? 'x'] : { ...Object(value), x: 1 }
}

describe('what was approved is what runs', () => {
  test.each(touching)('refused, without a write, with the difference: %s', async (_, [act, args]) => {
    await using world = await openWorld({ scenario: 'plain' })
    const file = await planFile(world)
    const { hash } = JSON.parse(readFileSync(file, 'utf8'))
    await world.control.act(act, args)
    for (const approval of [
      ['--plan', file],
      ['--plan-hash', hash],
    ]) {
      const run =
        approval[0] === '--plan' ? await world.offboard('run', ...approval) : await world.run(...approval)
      expect(run.exitCode).toBe(4)
      expect(run.summary.error?.message).toMatch(/\n {2}- /)
      expect(run.summary.runId).toBeNull()
    }
    expect((await world.show()).writes).toEqual([])
  })

  test.each(elsewhere)('applied exactly: %s', async (_, [act, args]) => {
    for (const how of ['--plan', '--plan-hash']) {
      await using world = await openWorld({ scenario: 'plain' })
      const file = await planFile(world)
      const { hash } = JSON.parse(readFileSync(file, 'utf8'))
      await world.control.act(act, args)
      const run = how === '--plan' ? await world.offboard('run', how, file) : await world.run(how, hash)
      expect(run.exitCode, run.summary.error?.message).toBe(3)
      expect(run.summary.planHash).toBe(hash)
    }
  })

  test('a new address is no reason to refuse when the safe list stays on anyway', async () => {
    await using world = await openWorld({ scenario: 'customer-address' })
    const file = await planFile(world)
    await world.control.act('add-address')
    expect((await world.offboard('run', '--plan', file)).exitCode).toBe(3)
  })

  test('the same tenant gives the same hash, and other decisions another', async () => {
    await using world = await openWorld()
    const hashes = [
      await world.run('--dry-run'),
      await world.run('--dry-run'),
      await world.run('--dry-run', '--drain', '45m'),
      await world.run('--dry-run', '--exclude', 'safe-list'),
    ].map(({ summary }) => summary.planHash)
    expect(hashes[0]).toBe(hashes[1])
    expect(new Set(hashes).size).toBe(3)
  })

  test('a plan file that was changed by hand is refused, whatever was changed', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const file = await planFile(world)
    const plan = JSON.parse(readFileSync(file, 'utf8'))
    for (const member of Object.keys(plan).filter((name) => name !== 'format')) {
      writeFileSync(file, JSON.stringify({ ...plan, [member]: altered(plan[member]) }))
      expect((await world.offboard('run', '--plan', file)).exitCode, member).toBe(4)
    }
    expect((await world.show()).writes).toEqual([])
  })

  test('a plan file that is too old is refused, unless it may be', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const file = await planFile(world)
    await world.control.clock(25 * 3_600_000)
    expect((await world.offboard('run', '--plan', file)).exitCode).toBe(4)
    expect((await world.offboard('run', '--plan', file, '--plan-max-age', '2d')).exitCode).toBe(3)
  })

  test.each([
    ['--platform', 'other'],
    ['--region', 'us'],
    ['--exclude', 'safe-list'],
    ['--drain', '1h'],
    ['--tenant', 'fabrikam-other.onmicrosoft.com'],
  ])('another %s beside the plan file is 64', async (option, value) => {
    await using world = await openWorld({ scenario: 'plain' })
    const file = await planFile(world)
    const run = await world.offboard('run', '--plan', file, option, value)
    expect(run.exitCode, run.summary.error?.message).toBe(64)
    expect((await world.show()).writes).toEqual([])
  })

  test('without a terminal and without an approval: refused', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const run = await world.run()
    expect(run.exitCode).toBe(4)
    expect((await world.show()).writes).toEqual([])
  })
})
