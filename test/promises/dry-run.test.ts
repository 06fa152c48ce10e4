import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { SystemReader, SystemWriter } from '../../src/model/adapter.ts'
import type { ReadableResource } from '../../src/model/resource.ts'
import type { ReadingDesk } from '../../src/run/plan-tenant.ts'
import { faultKinds } from '../../src/sandbox/faults.ts'
import { scenarios } from '../../src/sandbox/scenarios/index.ts'
import { openWorld, type World } from '../support/world.ts'

const where = ['--platform', 'm365-inline', '--region', 'eu']

async function expectNoWrite(world: World, when: string): Promise<void> {
  expect((await world.show()).writes, when).toEqual([])
  expect(existsSync(join(world.stateDir, 'journal.sqlite')), when).toBe(false)
}

describe('a dry run cannot write', () => {
  test.each(Object.keys(scenarios))('on the wire, in the scenario %s', async (scenario) => {
    await using world = await openWorld({ scenario })
    for (const command of [
      ['run', ...where, '--dry-run'],
      ['plan', ...where],
      ['verify', ...where],
      ['doctor'],
    ])
      await world.offboard(...command)
    await expectNoWrite(world, scenario)
  })

  test.each(Object.keys(faultKinds).filter((kind) => kind !== 'hang'))(
    'on the wire, with the fault %s at each request',
    async (kind) => {
      for (let at = 1; at <= 24; at += 1) {
        await using world = await openWorld({ scenario: 'plain' })
        await world.control.fail({ kind: kind as keyof typeof faultKinds, at })
        const dry = await world.run('--dry-run')
        expect([0, 1, 4, 5], `${kind} at ${at}`).toContain(dry.exitCode)
        await expectNoWrite(world, `${kind} at ${at}`)
      }
    },
  )

  test('by type: what it holds has no way to write', () => {
    type Writes<T> = Extract<keyof T, 'remove' | 'edit' | 'create' | 'write' | 'openForWriting'>
    type HeldResource =
      SystemReader['resources'] extends ReadonlyMap<string, infer Resource> ? Resource : never
    const nothing:
      | Writes<ReadableResource>
      | Writes<HeldResource>
      | Writes<SystemReader>
      | Writes<ReadingDesk>[] = []
    expect(nothing).toEqual([])
    type WrittenResource =
      SystemWriter['resources'] extends ReadonlyMap<string, infer Resource> ? Resource : never
    const ways: Writes<WrittenResource>[] = ['remove', 'edit', 'create']
    expect(ways).toHaveLength(3)
  })
})

describe('exit codes of a dry run', () => {
  test('0 with changes, 2 with --detailed-exitcode, 0 again when only guided steps are left', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    expect((await world.run('--dry-run')).exitCode).toBe(0)
    expect((await world.run('--dry-run', '--detailed-exitcode')).exitCode).toBe(2)
    await using clean = await openWorld({ scenario: 'clean' })
    expect((await clean.run('--dry-run', '--detailed-exitcode')).exitCode).toBe(0)
  })
})
