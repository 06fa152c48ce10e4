import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openJournal } from '../../src/journal/open.ts'
import type { JsonObject } from '../../src/model/json.ts'
import type { RegionId } from '../../src/model/words.ts'
import { systemClock } from '../../src/run/system-clock.ts'
import type { SandboxView } from '../../src/sandbox/control/client.ts'
import { differences } from '../support/customer.ts'
import { startProgram } from '../support/program.ts'
import { openProxy } from '../support/proxy.ts'
import { isWrite } from '../support/truth.ts'
import { type Outcome, openWorld, outcomes, planOf, type World } from '../support/world.ts'

async function backupsOf(world: World) {
  const journal = await openJournal({ folder: world.stateDir, clock: systemClock })
  const runs = await journal.runs()
  const lists = await Promise.all(runs.map((run) => journal.backups(run.id)))
  await journal.close()
  return lists.flat()
}

function objectsOf(view: SandboxView, kind: string): readonly JsonObject[] {
  return view.objects[kind === 'connection-filter' ? 'connection-filter-policy' : kind] ?? []
}

/** Places close up, and dates are stamped, by what is done elsewhere. */
function unstamped(object: JsonObject | undefined): JsonObject {
  const entries = Object.entries(object ?? {})
  return Object.fromEntries(
    entries.filter(([name]) => name !== 'Priority' && !name.startsWith('WhenChanged')),
  )
}

/** Each object that the run changed is in the journal, with every property that the service gave, as it was. */
async function expectSaved(world: World, run: Outcome, before: SandboxView): Promise<void> {
  const backups = new Map((await backupsOf(world)).map((backup) => [backup.change, backup]))
  const { changes } = planOf(run)
  expect(changes.length).toBeGreaterThan(0)
  for (const { id, kind, object } of changes) {
    const original = objectsOf(before, kind).find(({ Guid }) => Guid === object.guid)
    expect(original, id).toBeDefined()
    expect(backups.get(id)?.object.properties, id).toEqual(original)
  }
}

describe('nothing is removed that was not saved first', () => {
  test.each<[string, RegionId]>([
    ['default', 'us'],
    ['default', 'eu'],
    ['default', 'au'],
    ['hostile-names', 'eu'],
    ['group-scoped', 'eu'],
    ['older-names', 'us'],
  ])('%s, %s: every object that is changed is saved whole, as before the drain', async (scenario, region) => {
    await using world = await openWorld({ scenario, regions: [region] })
    const before = await world.show()
    const run = await world.run('--yes', '--drain', '0')
    expect(run.exitCode, run.summary.error?.message).toBe(3)
    await expectSaved(world, run, before)
  })

  test('the drain and many resumes later it is still what was there before', async () => {
    await using world = await openWorld()
    const before = await world.show()
    const run = await world.run('--yes', '--no-wait')
    await world.control.act('add-customer-rule')
    for (const cmdlet of [
      'Set-HostedConnectionFilterPolicy',
      'Remove-TransportRule',
      'Remove-InboundConnector',
    ]) {
      await world.control.clock(1_800_000)
      await world.control.fail({ kind: 'denied', cmdlet })
      expect((await world.offboard('resume', '--no-wait')).exitCode).toBe(1)
    }
    expect((await world.offboard('resume')).exitCode).toBe(3)
    const saved = new Map((await backupsOf(world)).map((backup) => [backup.change, backup.object.properties]))
    for (const { id, kind, object } of planOf(run).changes.filter(({ action }) => action === 'remove')) {
      const original = objectsOf(before, kind).find(({ Guid }) => Guid === object.guid)
      expect(unstamped(saved.get(id)), id).toEqual(unstamped(original))
    }
    expect(saved.get('drain:Perception Point Redirect Rule')?.State).toBe('Enabled')
  })

  test('the saved object is on the disk before each write is sent', { timeout: 120_000 }, async () => {
    const writes = ['Disable-TransportRule', 'Set-HostedConnectionFilterPolicy', 'Remove-TransportRule']
    for (const fatal of [...writes, 'Remove-InboundConnector', 'Remove-OutboundConnector']) {
      await using world = await openWorld({ scenario: 'plain' })
      const before = await world.show()
      let kill = () => {}
      await using proxy = await openProxy(world.env.OFFBOARD_EXCHANGE_URL ?? '', (moment, _, cmdlet) => {
        if (moment !== 'arrived' || !isWrite(cmdlet) || cmdlet !== fatal) return undefined
        kill()
        return 'drop'
      })
      const env = { ...world.env, OFFBOARD_EXCHANGE_URL: proxy.url, HOME: world.folder }
      const args = ['run', '--platform', 'm365-inline', '--region', 'eu', '--yes', '--drain', '0']
      const started = startProgram(args, env)
      kill = () => started.child.kill('SIGKILL')
      expect((await started.ended).signal, fatal).toBe('SIGKILL')
      const saved = await backupsOf(world)
      const kind = { TransportRule: 'transport-rule', InboundConnector: 'inbound-connector' }
      const noun = fatal.replace(/^[A-Z][a-z]+-/, '')
      const wanted = { ...kind, OutboundConnector: 'outbound-connector' }[noun] ?? 'connection-filter'
      const own = saved.filter((backup) => backup.kind === wanted)
      expect(own.length, fatal).toBeGreaterThan(0)
      for (const { object } of own) {
        const original = objectsOf(before, wanted).find(({ Guid }) => Guid === object.guid)
        expect(object.properties.Name, fatal).toBe(original?.Name)
      }
    }
  })

  test.each(['unknown-condition', 'old-dlp-condition', 'redacted-text', 'on-premises-inbound'])(
    '%s: what could not be put back is kept until it is named',
    async (scenario) => {
      await using world = await openWorld({ scenario })
      const before = await world.show()
      const run = await world.run('--yes', '--drain', '0')
      const held = run.summary.lookalikes.filter(({ reason }) => reason.includes('could not be put back'))
      expect(held).not.toEqual([])
      const touched = differences(before, await world.show())
      for (const { kind, name } of held) {
        const object = objectsOf(before, kind).find(({ Name }) => Name === name)
        expect(touched).not.toContain(`${kind} ${object?.Guid}`)
      }
      const including = held.flatMap(({ id }) => ['--include', id])
      const named = await world.run('--yes', '--drain', '0', ...including)
      for (const { id } of held) expect(outcomes(named)[id], named.summary.error?.message).toBe('verified')
    },
  )
})

describe('what is saved is for its owner alone', () => {
  let before: number

  beforeEach(() => {
    before = process.umask(0)
  })

  afterEach(() => {
    process.umask(before)
  })

  function open(folder: string): readonly string[] {
    return [
      folder,
      ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    ]
      .filter((path) => (statSync(path).mode & 0o777) !== (statSync(path).isDirectory() ? 0o700 : 0o600))
      .map((path) => `${path} ${(statSync(path).mode & 0o777).toString(8)}`)
  }

  test('while the run works, and after it: whatever the umask', { timeout: 60_000 }, async () => {
    await using world = await openWorld({ scenario: 'plain' })
    await world.control.fail({ kind: 'hang', cmdlet: 'Remove-TransportRule' })
    const env = { ...world.env, HOME: world.folder }
    const args = ['run', '--platform', 'm365-inline', '--region', 'eu', '--yes', '--drain', '0']
    const started = startProgram(args, env)
    while (((await world.show()).counts['Remove-TransportRule'] ?? 0) === 0)
      await new Promise((resolve) => setTimeout(resolve, 20))
    expect(readdirSync(world.stateDir)).toContain('journal.sqlite-wal')
    expect(open(world.stateDir)).toEqual([])
    started.child.kill('SIGKILL')
    await started.ended
    const resumed = startProgram(['resume'], env)
    expect((await resumed.ended).code).toBe(3)
    expect(readdirSync(world.stateDir, { recursive: true }).join()).toContain('.eml')
    expect(open(world.stateDir)).toEqual([])
  })
})
