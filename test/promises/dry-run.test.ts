import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { SystemReader, SystemWriter } from '../../src/model/adapter.ts'
import type { ReadableResource } from '../../src/model/resource.ts'
import { planTenant, type ReadingDesk } from '../../src/run/plan-tenant.ts'
import type { Readers, takeSurvey } from '../../src/run/survey.ts'
import type { verifyTenant } from '../../src/run/verify.ts'
import { type FaultKind, faultKinds } from '../../src/sandbox/faults.ts'
import { scenarios } from '../../src/sandbox/scenarios/index.ts'
import { importsOf } from '../architecture/imports.ts'
import { isProgram, readSources } from '../architecture/sources.ts'
import { startTestTenant } from '../support/exchange-tenant.ts'
import { openWorld, type World } from '../support/world.ts'

const where = ['--platform', 'm365-inline', '--region', 'eu']

/** Every command that only reads. */
const reading: readonly (readonly string[])[] = [
  ['run', ...where, '--dry-run'],
  ['plan', ...where],
  ['verify', ...where],
  ['doctor'],
]

async function expectNoWrite(world: World, when: string): Promise<void> {
  expect((await world.show()).writes, when).toEqual([])
  expect(existsSync(join(world.stateDir, 'journal.sqlite')), when).toBe(false)
}

describe('a dry run cannot write', () => {
  test.each(Object.keys(scenarios))('on the wire, in the scenario %s', async (scenario) => {
    await using world = await openWorld({ scenario })
    for (const command of reading) await world.offboard(...command)
    await expectNoWrite(world, scenario)
  })

  const kinds = Object.keys(faultKinds).filter(
    (kind): kind is FaultKind => kind in faultKinds && kind !== 'hang',
  )

  test.each(kinds)('on the wire, with the fault %s at each request', async (kind) => {
    await using undisturbed = await openWorld({ scenario: 'plain' })
    await undisturbed.run('--dry-run')
    const { requests } = await undisturbed.show()
    for (let at = 1; at <= requests; at += 1) {
      await using world = await openWorld({ scenario: 'plain' })
      await world.control.fail({ kind, at })
      const dry = await world.run('--dry-run')
      expect([0, 1, 4, 5], `${kind} at ${at}`).toContain(dry.exitCode)
      await expectNoWrite(world, `${kind} at ${at}`)
    }
  })

  test.each(kinds)('on the wire, with the fault %s, by any command that reads', async (kind) => {
    for (const command of reading)
      for (const at of [1, 4, 9]) {
        await using world = await openWorld({ scenario: 'plain' })
        await world.control.fail({ kind, at, times: 2 })
        const outcome = await world.offboard(...command)
        expect([0, 1, 2, 4, 5], `${command[0]}, ${kind} at ${at}`).toContain(outcome.exitCode)
        await expectNoWrite(world, `${command[0]}, ${kind} at ${at}`)
      }
  })

  test('of the run that is open, and what it reads beside it changes nothing there', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const run = await world.run('--yes', '--no-wait')
    const { writes } = await world.show()
    for (const command of reading) await world.offboard(...command)
    const restored = await world.offboard('restore', run.summary.runId ?? '', '--dry-run')
    expect(restored.summary.runId).toBeNull()
    expect((await world.show()).writes).toEqual(writes)
    expect((await world.offboard('resume', '--no-wait')).exitCode).toBe(75)
  })
})

type Ways = 'remove' | 'edit' | 'create' | 'write' | 'openForWriting'
type WaysOf<T> = Extract<keyof T, Ways>
type Held<T> = T extends ReadonlyMap<unknown, infer Item> ? Item : never
/** Compiles only for what has no way to write. */
type Harmless<T extends never> = T

describe('by type, a dry run holds nothing that writes', () => {
  test('neither the resources nor the systems nor the desk have a way to write', () => {
    type Checked = Harmless<
      | WaysOf<ReadableResource>
      | WaysOf<Held<SystemReader['resources']>>
      | WaysOf<Held<SystemReader['sources']>>
      | WaysOf<SystemReader>
      | WaysOf<Held<Readers>>
      | WaysOf<Held<Held<Readers>['resources']>>
      | WaysOf<ReadingDesk>
      | WaysOf<Held<ReadingDesk['readers']>>
      | WaysOf<Held<Parameters<typeof takeSurvey>[0]>>
      | WaysOf<Parameters<typeof verifyTenant>[0]>
    >
    const ways: Checked[] = []
    expect(ways).toEqual([])
    const writing: WaysOf<Held<SystemWriter['resources']>>[] = ['remove', 'edit', 'create']
    expect(writing).toHaveLength(3)
  })

  test('calling one does not compile', () => {
    const attempt = (reader: SystemReader, desk: ReadingDesk) => {
      const resource = reader.resources.get('transport-rule')
      // @ts-expect-error A reader's resource cannot remove.
      resource?.remove([])
      // @ts-expect-error A reader's resource cannot edit.
      resource?.edit({ guid: '', name: '' }, [])
      // @ts-expect-error A reader's resource cannot create.
      resource?.create([])
      // @ts-expect-error A desk for reading opens nothing for writing.
      desk.openForWriting()
      return planTenant(desk)
    }
    expect(attempt).toBeTypeOf('function')
  })

  test('nor are they there under another name: a reader’s objects hold no way to write', async () => {
    await using tenant = await startTestTenant()
    const reader = await tenant.adapter().open({ asked: 'contoso.com' })
    for (const held of [reader, ...reader.resources.values(), ...reader.sources.values()])
      for (const way of ['remove', 'edit', 'create', 'write', 'openForWriting'])
        expect(held).not.toHaveProperty(way)
    await reader.close()
  })

  test('nothing that a plan is made with imports what writes', async () => {
    const imports = await importsOf(readSources(isProgram))
    const seen = new Set<string>(['src/run/plan-tenant.ts'])
    for (const path of seen) for (const { from, to } of imports) if (from === path) seen.add(to)
    expect([...seen].filter((path) => path.startsWith('src/run/')).length).toBeGreaterThan(3)
    const writing = /^src\/run\/(write|automatic-step|carry-out|lifecycle|steps)\.ts$/
    expect([...seen].filter((path) => writing.test(path))).toEqual([])
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
