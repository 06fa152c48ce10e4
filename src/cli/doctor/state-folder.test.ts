import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openWorld } from '../../../test/support/world.ts'
import { checkOf, forThisTest } from './test-doctor.ts'

describe('the state folder', () => {
  it('that others may read is told with the remedy', async () => {
    const { offboard, stateDir } = await forThisTest(openWorld())
    mkdirSync(stateDir)
    chmodSync(stateDir, 0o755)
    const outcome = await offboard('doctor')
    expect(outcome.exitCode).toBe(1)
    expect(checkOf(outcome, 'State folder')).toMatchObject({
      ok: 'missing',
      remedy: expect.stringContaining(`chmod 700 "${stateDir}"`),
    })
    expect(checkOf(outcome, 'Tenant').ok).toBe('ok')
  })

  it.each(['state', 'state/deeper'])('at %s with a file in the way is told', async (name) => {
    const { offboard, env, folder } = await forThisTest(openWorld())
    writeFileSync(join(folder, 'state'), '')
    env.OFFBOARD_STATE_DIR = join(folder, name)
    const outcome = await offboard('doctor')
    expect(outcome.exitCode).toBe(1)
    expect(checkOf(outcome, 'State folder')).toMatchObject({
      ok: 'missing',
      detail: expect.stringContaining('is not a folder'),
      remedy: expect.stringContaining('--state-dir'),
    })
    expect(checkOf(outcome, 'Journal').ok).toBe('unknown')
  })

  it('must be named where CI is set', async () => {
    const { offboard, env } = await forThisTest(openWorld())
    delete env.OFFBOARD_STATE_DIR
    env.CI = 'true'
    const outcome = await offboard('doctor')
    expect(checkOf(outcome, 'State folder')).toMatchObject({
      ok: 'missing',
      remedy: expect.stringContaining('OFFBOARD_STATE_DIR'),
    })
  })

  it('with a journal: its runs are counted, and the open ones named', async () => {
    const { offboard, run } = await forThisTest(openWorld())
    const { summary } = await run('--yes', '--no-wait')
    const outcome = await offboard('doctor')
    expect(outcome.exitCode).toBe(0)
    expect(checkOf(outcome, 'Journal').detail).toContain(`runs: 1; open: ${summary.runId}`)
  })

  it('with a journal that is none: told, and left as it is', async () => {
    const { offboard, stateDir } = await forThisTest(openWorld())
    mkdirSync(stateDir, { mode: 0o700 })
    const path = join(stateDir, 'journal.sqlite')
    const text = 'this is no database, and long enough to be looked at as one'.repeat(40)
    writeFileSync(path, text, { mode: 0o600 })
    const outcome = await offboard('doctor')
    expect(outcome.exitCode).toBe(1)
    expect(checkOf(outcome, 'Journal')).toMatchObject({ ok: 'missing', remedy: expect.stringMatching(/./) })
    expect(readFileSync(path, 'utf8')).toBe(text)
  })
})
