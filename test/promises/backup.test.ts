import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openJournal } from '../../src/journal/open.ts'
import type { JsonObject } from '../../src/model/json.ts'
import { systemClock } from '../../src/run/system-clock.ts'
import { runProgram, startProgram } from '../support/program.ts'
import { openProxy } from '../support/proxy.ts'
import { openWorld, planOf, type World } from '../support/world.ts'

async function backupsOf(world: World) {
  const journal = await openJournal({ folder: world.stateDir, clock: systemClock })
  const runs = await journal.runs()
  const lists = await Promise.all(runs.map((run) => journal.backups(run.id)))
  await journal.close()
  return lists.flat()
}

function withoutSidecars(object: JsonObject | undefined): JsonObject {
  return Object.fromEntries(Object.entries(object ?? {}).filter(([property]) => !property.includes('@')))
}

describe('nothing is removed that was not saved first', () => {
  test('every object that is changed is saved whole, as it was before the drain', async () => {
    await using world = await openWorld()
    const before = await world.show()
    const run = await world.run('--yes', '--drain', '0')
    const backups = new Map((await backupsOf(world)).map((backup) => [backup.change, backup]))
    for (const { id, kind, object } of planOf(run).changes) {
      const objects = before.objects[kind === 'connection-filter' ? 'connection-filter-policy' : kind]
      const original = objects?.find((candidate) => candidate.Guid === object.guid)
      expect(backups.get(id)?.object.properties, id).toEqual(withoutSidecars(original))
    }
    const redirect = backups.get('drain:Perception Point Redirect Rule')
    expect(redirect?.object.properties.State).toBe('Enabled')
  })

  test('the saved object is on the disk before the write is sent', { timeout: 60_000 }, async () => {
    await using world = await openWorld({ scenario: 'plain' })
    let kill = () => {}
    let writes = 0
    await using proxy = await openProxy(world.env.OFFBOARD_EXCHANGE_URL ?? '', (moment, _, cmdlet) => {
      if (moment !== 'arrived' || cmdlet.startsWith('Get-') || cmdlet === '') return
      writes += 1
      kill()
    })
    const env = { ...world.env, OFFBOARD_EXCHANGE_URL: proxy.url, HOME: world.folder }
    const started = startProgram(
      ['run', '--platform', 'm365-inline', '--region', 'eu', '--yes', '--drain', '0'],
      env,
    )
    kill = () => started.child.kill('SIGKILL')
    await started.ended
    expect(writes).toBe(1)
    expect((await backupsOf(world)).map((backup) => backup.change)).toEqual([
      'drain:Perception Point Redirect Rule',
    ])
  })

  test('what could not be put back is kept until it is named', async () => {
    await using world = await openWorld({ scenario: 'unknown-condition' })
    const id = 'rule:Perception Point Spam Rule'
    const kept = await world.run('--yes', '--drain', '0')
    expect(kept.summary.lookalikes.find((lookalike) => lookalike.id === id)?.reason).toContain(
      'could not be put back',
    )
    expect((await world.show()).objects['transport-rule']?.map((rule) => rule.Name)).toContain(
      'Perception Point Spam Rule',
    )
    const named = await world.run('--yes', '--drain', '0', '--include', id)
    expect(named.summary.changes.find((change) => change.id === id)?.outcome).toBe('verified')
  })

  test('journal and folder are for their owner alone', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const ended = await runProgram(
      ['run', '--platform', 'm365-inline', '--region', 'eu', '--yes', '--drain', '0'],
      { ...world.env, HOME: world.folder },
    )
    expect(ended.code).toBe(3)
    expect(statSync(world.stateDir).mode & 0o777).toBe(0o700)
    expect(statSync(join(world.stateDir, 'journal.sqlite')).mode & 0o777).toBe(0o600)
  })
})
