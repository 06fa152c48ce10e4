import { accessSync, constants } from 'node:fs'
import { join, matchesGlob } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Suite, suites } from '../../scripts/suites.ts'
import { readSources, root } from './sources.ts'

const scripts = Object.keys(readSources((path) => path.startsWith('scripts/')))
const testFiles = Object.keys(readSources((path) => path.endsWith('.test.ts')))

/** The scripts of a Unix shell that Windows has no counterpart for. */
function withoutTwin(paths: readonly string[]): string[] {
  return paths
    .filter((path) => /\.sh$|\/[^./]+$/.test(path))
    .filter((path) => !paths.includes(`${path.replace(/\.sh$/, '')}.ps1`))
}

/** The test files that no suite runs, or more than one. */
function notInOneSuite(paths: readonly string[], all: readonly Pick<Suite, 'files'>[]): string[] {
  return paths.filter(
    (path) => all.filter(({ files }) => files.some((glob) => matchesGlob(path, glob))).length !== 1,
  )
}

describe('the scripts', () => {
  it('have a twin for Windows each', () => {
    expect(withoutTwin(scripts)).toEqual([])
  })

  it('would be refused without one', () => {
    expect(withoutTwin(['scripts/a', 'scripts/b', 'scripts/b.ps1', 'scripts/c.sh', 'scripts/d.ts'])).toEqual([
      'scripts/a',
      'scripts/c.sh',
    ])
  })

  it.each(['scripts/offboard', 'scripts/quickstart', 'scripts/test', '.ci/run'])('can be run: %s', (path) => {
    expect(() => accessSync(join(root, path), constants.X_OK)).not.toThrow()
  })
})

describe('the suites', () => {
  it('hold each test file once', () => {
    expect(notInOneSuite(testFiles, suites)).toEqual([])
  })

  it('would be refused with a file in none or in two', () => {
    const all = [{ files: ['test/a/**'] }, { files: ['test/{a,b}/*'] }]
    expect(notInOneSuite(['test/a/x.test.ts', 'test/b/x.test.ts', 'test/c/x.test.ts'], all)).toEqual([
      'test/a/x.test.ts',
      'test/c/x.test.ts',
    ])
  })
})
