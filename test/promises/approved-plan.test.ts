import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { act, cmdlet, edit, type Meanwhile, vendorObjectsTouched } from '../support/meanwhile.ts'
import { type Outcome, openWorld, planOf, type World } from '../support/world.ts'

const policy = ['connection-filter-policy', 'Default'] as const
const spam = 'Perception Point Spam Rule'

/** Whatever the plan rests on, changed by somebody after it was approved. */
const touching: readonly Meanwhile[] = [
  ...vendorObjectsTouched,
  act('a vendor address is removed', 'remove-address', { address: '99.81.216.78' }),
  act('a vendor address is added', 'add-address', { address: '99.81.216.78/32' }),
  act('an address is added, so the safe list must stay on', 'add-address'),
  edit('the safe list is switched off', ...policy, 'EnableSafeList', false),
  act('a rule of the customer’s routes to the connector', 'add-routing-rule'),
  act('a rule of the vendor’s older name is made that routes to the connector', 'add-routing-rule', {
    name: 'FortiMail Redirect Rule',
  }),
]

const disclaimer = 'External sender <b>warning</b>'

/** Edits elsewhere. */
const elsewhere: readonly Meanwhile[] = [
  act('a new rule of the customer’s, in the first place', 'add-customer-rule'),
  act('an edited rule of the customer’s', 'edit-customer-rule'),
  edit('a disabled rule of the customer’s', 'transport-rule', disclaimer, 'State', 'Disabled'),
  act('a deleted rule of the customer’s', 'delete-customer-rule'),
  cmdlet('a rule of the customer’s put last', 'Set-TransportRule', { Identity: disclaimer, Priority: 9 }),
  cmdlet('a rule of the vendor’s put last', 'Set-TransportRule', { Identity: spam, Priority: 9 }),
  act('a new connector of the customer’s', 'add-customer-connector'),
  edit('another block list', ...policy, 'IPBlockList', ['192.0.2.99']),
  [
    'the allow list in another order',
    async (world) => {
      const [filter] = (await world.show()).objects['connection-filter-policy'] ?? []
      const value = Array.isArray(filter?.IPAllowList) ? filter.IPAllowList.toReversed() : []
      const [kind, name] = policy
      await world.control.act('set', { kind, name, property: 'IPAllowList', value })
    },
  ],
  act('a domain that no longer resolves', 'break-dns'),
]

interface Approved {
  readonly file: string
  readonly hash: string
}

async function approvePlan(world: World): Promise<Approved> {
  const file = join(world.folder, 'plan.json')
  const dry = await world.run('--dry-run', '-o', file)
  expect(dry.exitCode).toBe(0)
  return { file, hash: dry.summary.planHash ?? '' }
}

/** The plan is carried out as it was approved, in each way to approve it beforehand. */
const ways: Readonly<Record<string, (world: World, approved: Approved) => Promise<Outcome>>> = {
  '--plan': (world, { file }) => world.offboard('run', '--plan', file),
  '--plan-hash': (world, { hash }) => world.run('--plan-hash', hash),
}

/** Another value of the same kind. */
function altered(value: unknown): unknown {
  if (typeof value === 'string') return `${value}x`
  return Array.isArray(value) ? [...value, value[0] ?? 'x'] : { ...Object(value), x: 1 }
}

describe('what was approved is what runs', () => {
  test.each(touching)('refused, without a write, with the difference: %s', async (_, meanwhile) => {
    await using world = await openWorld({ scenario: 'plain' })
    const approved = await approvePlan(world)
    await meanwhile(world)
    const { writes } = await world.show()
    for (const way of Object.values(ways)) {
      const run = await way(world, approved)
      expect(run.exitCode).toBe(4)
      expect(run.summary.error?.message).toMatch(/\n {2}- ./)
      expect(run.summary.runId).toBeNull()
    }
    expect((await world.show()).writes).toEqual(writes)
  })

  test.each(elsewhere)('applied exactly: %s', async (_, meanwhile) => {
    for (const way of Object.values(ways)) {
      await using world = await openWorld({ scenario: 'plain' })
      const approved = await approvePlan(world)
      await meanwhile(world)
      const run = await way(world, approved)
      expect(run.exitCode, run.summary.error?.message).toBe(3)
      expect(run.summary.planHash).toBe(approved.hash)
      expect(run.summary.changes.map(({ outcome }) => outcome)).toEqual(
        planOf(run).changes.map(() => 'verified'),
      )
    }
  })

  test('a new address is no reason to refuse when the safe list stays on anyway', async () => {
    for (const way of Object.values(ways)) {
      await using world = await openWorld({ scenario: 'customer-address' })
      const approved = await approvePlan(world)
      await world.control.act('add-address')
      expect((await way(world, approved)).exitCode).toBe(3)
      const [filter] = (await world.show()).objects['connection-filter-policy'] ?? []
      expect(filter?.IPAllowList).toEqual(['203.0.113.10', '203.0.113.99'])
      expect(filter?.EnableSafeList).toBe(true)
    }
  })

  test.each([
    [
      'an MX is pointed at the vendor',
      'move-mx',
      { host: 'contoso-com.mx.perception-point.io' },
      'vendor-mx',
    ],
    ['the read of connectors is taken away', 'take-rights', { cmdlets: ['Get-InboundConnector'] }, ''],
  ])(
    'refused or not begun, without a write, as a new dry run would be: %s',
    async (_, name, args, blocker) => {
      await using world = await openWorld({ scenario: 'plain' })
      const approved = await approvePlan(world)
      await world.control.act(name, args)
      for (const way of Object.values(ways)) {
        const run = await way(world, approved)
        expect(run.exitCode).toBe(blocker === '' ? 5 : 4)
        expect(run.summary.error?.message ?? '').toContain(blocker)
        expect(run.summary.runId).toBeNull()
      }
      expect((await world.show()).writes).toEqual([])
    },
  )

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

  test('without a terminal and without an approval: refused', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    expect((await world.run()).exitCode).toBe(4)
    expect((await world.show()).writes).toEqual([])
  })
})

describe('a plan file', () => {
  test('that was changed by hand is refused, whatever was changed', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const { file } = await approvePlan(world)
    const plan = JSON.parse(readFileSync(file, 'utf8'))
    const { hash: _, ...hashless } = plan
    const [first, ...others] = plan.changes
    const undone = { ...first, undo: { calls: [{ command: 'New-TransportRule', parameters: {} }] } }
    const variants = [
      ...Object.keys(plan)
        .filter((name) => name !== 'format')
        .map((name) => ({ ...plan, [name]: altered(plan[name]) })),
      ...[hashless, { ...plan, changes: others }, { ...plan, changes: [undone, ...others] }],
      { ...plan, added: true },
    ]
    for (const variant of variants) {
      writeFileSync(file, JSON.stringify(variant))
      const run = await world.offboard('run', '--plan', file)
      expect(run.exitCode, run.summary.error?.message).toBe(4)
    }
    expect((await world.show()).writes).toEqual([])
  })

  test('that is too old is refused, unless it may be', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const { file } = await approvePlan(world)
    await world.control.clock(25 * 3_600_000)
    const old = await world.offboard('run', '--plan', file)
    expect(old.exitCode).toBe(4)
    expect(old.summary.error?.hint).toContain('--plan-max-age')
    expect((await world.show()).writes).toEqual([])
    expect((await world.offboard('run', '--plan', file, '--plan-max-age', '2d')).exitCode).toBe(3)
  })

  test.each([
    ['--platform', 'other'],
    ['--region', 'us'],
    ['--include', 'step:rules'],
    ['--exclude', 'safe-list'],
    ['--allow', 'region:us'],
    ['--drain', '1h'],
    ['--drain-max', '3h'],
    ['--tenant', 'fabrikam-other.onmicrosoft.com'],
  ])('that decides it otherwise: %s is 64', async (option, value) => {
    await using world = await openWorld({ scenario: 'plain' })
    const { file } = await approvePlan(world)
    const run = await world.offboard('run', '--plan', file, option, value)
    expect(run.exitCode, run.summary.error?.message).toBe(64)
    expect(run.summary.error?.message).toContain(option)
    expect((await world.show()).writes).toEqual([])
  })

  test('takes the same options once more', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const { file } = await approvePlan(world)
    const same = ['--platform', 'm365-inline', '--region', 'EU', '--tenant', 'contoso.com', '--drain', '30m']
    expect((await world.offboard('run', '--plan', file, ...same)).exitCode).toBe(3)
  })

  test('made with more of the footprint is carried out by the command that was shown', async () => {
    await using world = await openWorld({ scenario: 'customer-address' })
    const more = join(world.folder, 'more.yaml')
    writeFileSync(more, 'addresses:\n  - 203.0.113.10\n')
    const dry = await world.run('--dry-run', '-o', 'plan.json', '--footprint', more)
    const [command = ''] = dry.summary.next
    const run = await world.offboard(...command.replaceAll("'", '').split(' ').slice(1))
    expect(run.exitCode, run.summary.error?.message).toBe(3)
    expect(run.summary.changes.find(({ id }) => id === 'ip:203.0.113.10')?.outcome).toBe('verified')
  })
})
