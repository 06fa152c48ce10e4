import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { build } from './build.ts'

let folder: string
const inFolder = (path: string): string => join(folder, path)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'build-'))
  mkdirSync(inFolder('out/chunks'), { recursive: true })
  const manifest = JSON.stringify(join(import.meta.dirname, '..', 'package.json'))
  writeFileSync(
    inFolder('main.ts'),
    `import manifest from ${manifest} with { type: 'json' }
     const { name } = await import('./later.ts')
     console.log(name, manifest.version)`,
  )
  writeFileSync(
    inFolder('later.ts'),
    "import { join } from 'node:path'\nexport const name: string = join('a', 'b')",
  )
})

afterEach(() => rmSync(folder, { recursive: true }))

const buildHere = (): Promise<void> => build(inFolder('main.ts'), inFolder('out'))

it('makes a program that runs, with lazy parts in chunks and only the version of package.json', async () => {
  await buildHere()
  expect(execFileSync(process.execPath, [inFolder('out/offboard.js')], { encoding: 'utf8' })).toMatch(
    /^a.b \d+\.\d+\.\d+\n$/,
  )
  const text = readFileSync(inFolder('out/offboard.js'), 'utf8')
  expect(text).toMatch(/^#!\/usr\/bin\/env node\n/)
  expect(text).not.toContain('devDependencies')
  expect(statSync(inFolder('out/offboard.js')).mode & 0o111).not.toBe(0)
  expect(readdirSync(inFolder('out/chunks')).filter((name) => name.startsWith('later'))).toHaveLength(2)
})

it('dates its stamp at the time when it began to read', async () => {
  const began = Date.now()
  await buildHere()
  const stamp = statSync(inFolder('out/.built')).mtimeMs
  expect(stamp).toBeGreaterThanOrEqual(began)
  expect(stamp).toBeLessThanOrEqual(statSync(inFolder('out/offboard.js')).mtimeMs)
})

it('keeps the chunks of an earlier build for a run under way, and takes away those a day old', async () => {
  const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000)
  writeFileSync(inFolder('out/chunks/old.js'), '')
  writeFileSync(inFolder('out/chunks/recent.js'), '')
  utimesSync(inFolder('out/chunks/old.js'), yesterday, yesterday)
  await buildHere()
  const chunks = readdirSync(inFolder('out/chunks'))
  expect(chunks).toContain('recent.js')
  expect(chunks).not.toContain('old.js')
})

it('leaves the program as it was when a source does not build', async () => {
  await buildHere()
  const before = readFileSync(inFolder('out/offboard.js'), 'utf8')
  writeFileSync(inFolder('later.ts'), "export { name } from './nowhere.ts'")
  await expect(buildHere()).rejects.toHaveProperty('errors')
  expect(readFileSync(inFolder('out/offboard.js'), 'utf8')).toBe(before)
})
