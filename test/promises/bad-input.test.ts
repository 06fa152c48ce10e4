import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Ended, runProgram, summaryOf } from '../support/program.ts'
import { openWorld, planOf } from '../support/world.ts'
import type { Case } from './bad-input/case.ts'
import { fileCases } from './bad-input/files.ts'
import { optionCases } from './bad-input/options.ts'
import { surroundingCases } from './bad-input/surroundings.ts'

/** What is wrong and where, and what to do, on stderr, with nothing of the program's own insides. */
function expectClear({ stderr }: Ended, { says }: Case): void {
  expect(stderr).toMatch(says)
  expect(stderr).toMatch(/^\s*(Error|error|offboard): ./)
  const remedy = stderr.trim().split('\n').slice(1).join('\n')
  expect(remedy, 'what to do').not.toBe('')
  for (const inside of ['    at ', 'internal error', '[object', 'canary'])
    expect(stderr).not.toContain(inside)
}

describe('bad input: one clear message with the place, 64, nothing changed', () => {
  test.each([...optionCases, ...fileCases, ...surroundingCases])(
    '$name',
    { timeout: 60_000 },
    async (one) => {
      await using world = await openWorld({ scenario: 'plain' })
      one.prepare?.(world)
      const env = { ...world.env, HOME: world.folder, ...one.env?.(world) }
      const ended = await runProgram(one.args(world), env)
      expect(ended.code, ended.stderr).toBe(one.exitCode ?? 64)
      expectClear(ended, one)
      expect((await world.show()).writes).toEqual([])
      if (one.noSummary) return
      const machine = await runProgram([...one.args(world), '--json'], env)
      expect(summaryOf(machine).exitCode).toBe(one.exitCode ?? 64)
      expect(machine.stdout.split('\n').filter((line) => line.includes('"type":"version"'))).toHaveLength(1)
    },
  )

  test('a corrupt journal stays as it is, byte for byte', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    mkdirSync(world.stateDir, { recursive: true, mode: 0o700 })
    const file = join(world.stateDir, 'journal.sqlite')
    const bytes = 'SQLite format 3\0 and then rubbish'.repeat(50)
    writeFileSync(file, bytes, { mode: 0o600 })
    expect((await world.run('--yes')).exitCode).toBe(64)
    expect(readFileSync(file, 'utf8')).toBe(bytes)
    expect(existsSync(`${file}-wal`)).toBe(false)
  })

  test('a log is written where it may be, for its owner alone', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const file = join(world.folder, 'offboard.log')
    const args = ['run', '--platform', 'm365-inline', '--region', 'eu', '--dry-run', '--log-file', file]
    const ended = await runProgram(args, { ...world.env, HOME: world.folder })
    expect(ended.code, ended.stderr).toBe(0)
    const lines = readFileSync(file, 'utf8').trim().split('\n')
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty('time')
    expect(lines.length).toBeGreaterThan(2)
    expect(statSync(file).mode & 0o077).toBe(0)
  })

  test('what is wrong with the journal’s rights loses nothing of it', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const run = await world.run('--yes', '--no-wait')
    const file = join(world.stateDir, 'journal.sqlite')
    for (const [path, wrong, right] of [
      [file, 0o640, 0o600],
      [world.stateDir, 0o750, 0o700],
    ] as const) {
      chmodSync(path, wrong)
      const { writes } = await world.show()
      for (const command of [
        ['resume'],
        ['history'],
        ['run', '--platform', 'm365-inline', '--region', 'eu', '--yes'],
      ]) {
        const outcome = await world.offboard(...command)
        expect(outcome.exitCode, command[0]).toBe(64)
        expect(outcome.summary.error?.hint).toContain('chmod')
      }
      expect((await world.show()).writes).toEqual(writes)
      chmodSync(path, right)
    }
    const shown = await world.offboard('show', run.summary.runId ?? '')
    expect(shown.exitCode).toBe(0)
    expect(planOf(run).hash).toBe(run.summary.planHash)
    expect((await world.offboard('resume', '--no-wait')).exitCode).toBe(75)
  })

  test.each([[[]], [['--by', ' ']]])('a confirmation by nobody: %j', async (by) => {
    await using world = await openWorld({ scenario: 'plain' })
    const run = await world.run('--yes', '--drain', '0')
    const confirmed = await world.offboard('confirm', run.summary.runId ?? '', 'vendor-console', ...by)
    expect(confirmed.exitCode).toBe(64)
    expect(confirmed.summary.error?.message).toContain('--by')
    expect((await world.offboard('resume', run.summary.runId ?? '')).exitCode).toBe(3)
  })

  test('restore --only of what the run did not change names what it did', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const run = await world.run('--yes', '--drain', '0')
    const restored = await world.offboard(
      'restore',
      run.summary.runId ?? '',
      '--yes',
      '--only',
      'rule:Nobody',
    )
    expect(restored.exitCode).toBe(64)
    expect(restored.summary.error?.hint).toContain('rule:Perception Point Spam Rule')
  })

  test('an unknown step in confirm names those that there are', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const run = await world.run('--yes', '--drain', '0')
    const confirmed = await world.offboard('confirm', run.summary.runId ?? '', 'vendor-consle', '--by', 'Ada')
    expect(confirmed.exitCode).toBe(64)
    expect(confirmed.summary.error?.hint).toContain('vendor-console, verified-domains')
  })
})
