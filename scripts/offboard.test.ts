import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

let folder: string
const inCheckout = (path: string): string => join(folder, 'a checkout', path)

function write(path: string, text: string, at: Date): void {
  mkdirSync(dirname(inCheckout(path)), { recursive: true })
  writeFileSync(inCheckout(path), text, { mode: 0o755 })
  utimesSync(inCheckout(path), at, at)
}

/** Stands in for Node: says what it was started with, and ends with 3 where it is the program. */
const node = `#!/bin/sh
case $1 in
  */build.ts) echo built >&2 ;;
  *) shift; printf '%s|' "$@"; exit 3 ;;
esac`

const early = new Date('2026-01-01T00:00:00Z')
const late = new Date('2026-01-02T00:00:00Z')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offboard '))
  write('scripts/offboard', '', early)
  copyFileSync(join(import.meta.dirname, 'offboard'), inCheckout('scripts/offboard'))
  for (const path of ['package.json', 'package-lock.json', 'scripts/build.ts', 'src/a.ts', 'adapters/a.ts']) {
    write(path, '', early)
  }
  for (const path of ['src', 'adapters']) utimesSync(inCheckout(path), early, early)
  write('node_modules/node/bin/node', node, early)
  write('dist/.built', '', late)
})

afterEach(() => rmSync(folder, { recursive: true }))

function offboard(
  script = inCheckout('scripts/offboard'),
  ...args: string[]
): { out: string; err: string; code: unknown } {
  const { stdout, stderr, status } = spawnSync(script, args, { cwd: folder, encoding: 'utf8' })
  return { out: stdout, err: stderr, code: status }
}

describe.runIf(process.platform !== 'win32')('scripts/offboard', () => {
  it('hands over every argument as it is and the exit code of the program', () => {
    const result = offboard(undefined, 'run', '--include', 'rule:a b', '', '$(id)')
    expect(result).toEqual({ out: 'run|--include|rule:a b||$(id)|', err: '', code: 3 })
  })

  it('runs through links, and from any folder', () => {
    symlinkSync('a checkout/scripts/offboard', join(folder, 'one'))
    symlinkSync(join(folder, 'one'), join(folder, 'two'))
    expect(offboard('./two', 'plan').out).toBe('plan|')
  })

  it.each([
    'src/a.ts',
    'src/new.ts',
    'adapters/a.ts',
    'package.json',
    'package-lock.json',
    'scripts/build.ts',
  ])('builds first when %s is newer than the build', (path) => {
    write(path, '', new Date())
    expect(offboard(undefined, 'plan')).toEqual({ out: 'plan|', err: 'built\n', code: 3 })
  })

  it('builds first when a source is gone', () => {
    rmSync(inCheckout('src/a.ts'))
    expect(offboard(undefined, 'plan').err).toBe('built\n')
  })

  it('builds first when nothing is built, and not for a test', () => {
    rmSync(inCheckout('dist'), { recursive: true })
    expect(offboard(undefined, 'plan').err).toBe('built\n')
    write('dist/.built', '', late)
    write('src/a.test.ts', '', new Date())
    utimesSync(inCheckout('src'), early, early)
    expect(offboard(undefined, 'plan').err).toBe('')
  })

  it('says what to run where nothing is installed', () => {
    rmSync(inCheckout('node_modules'), { recursive: true })
    const { out, err, code } = offboard(undefined, 'plan')
    expect({ out, code }).toEqual({ out: '', code: 64 })
    expect(err).toBe('offboard: nothing is installed yet; run: scripts/quickstart\n')
  })
})
