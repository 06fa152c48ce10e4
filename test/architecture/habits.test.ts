import { describe, expect, it } from 'vitest'
import { badHabits, tooLong } from './habits.ts'
import { isTypeScript, readSources } from './sources.ts'

const everything = readSources((path) => path !== 'package-lock.json')

describe('the files of the project', () => {
  it('have none of the habits that they may not have', () => {
    expect(badHabits(everything)).toEqual([])
  })

  it('are short, each one idea', () => {
    expect(tooLong(readSources((path) => isTypeScript(path) && /^(src|adapters)\//.test(path)))).toEqual([])
  })

  /** `~` stands for nothing, so that this file has none of these habits itself. */
  it.each([
    ['src/a.ts', 'const a: ~any = 1', 'any'],
    ['src/a.ts', 'const a = b as ~any', 'any'],
    ['src/a.ts', 'const a: Array<~any> = []', 'any'],
    ['src/a.ts', 'export const ~enum A {}', 'enum'],
    ['src/a.ts', '~namespace A {}', 'namespace'],
    ['src/a.ts', 'const a = b as ~unknown as C', 'a cast over unknown'],
    ['src/a.ts', "type A = typeof ~import('./a.ts')", 'a type from import()'],
    ['src/a.ts', "const a: ~import('./a.ts').A = 1", 'a type from import()'],
    ['src/a.ts', '// @ts-~ignore', 'a silenced check'],
    ['src/a.ts', '// biome-~ignore lint: no', 'a silenced check'],
    ['src/a.ts', '// TO~DO: later', 'unfinished work'],
    ['src/a.test.ts', "it.~only('a', () => {})", 'a test left out'],
    ['src/a.test.ts', "describe.~skip('a', () => {})", 'a test left out'],
    ['README.md', 'cd /~root/offboard', "a machine's own path"],
    ['src/a.ts', "open('/~work/file')", "a machine's own path"],
  ])('are refused in %s with: %s', (path, text, habit) => {
    expect(badHabits({ [path]: text.replace('~', '') })).toEqual([`${path}:1: ${habit}`])
  })

  it.each([
    ['src/a.ts', '// as good as ~any other enum'],
    ['src/a.ts', "const kind = 'any'"],
    ['src/a.ts', "const a = await import('./a.ts')"],
    ['src/a.ts', "get('/users/me')"],
    ['README.md', 'https://example.com/~work/1'],
  ])('are allowed in %s: %s', (path, text) => {
    expect(badHabits({ [path]: text.replace('~', '') })).toEqual([])
  })

  it('are refused with more than 250 lines', () => {
    expect(tooLong({ 'src/a.ts': '\n'.repeat(251), 'src/b.ts': '\n'.repeat(250) })).toEqual([
      'src/a.ts: 251 lines, more than 250',
    ])
  })
})
