import { describe, expect, it } from 'vitest'
import { againstArrows, exitsOutsideCli } from './arrows.ts'
import { importsOf } from './imports.ts'
import { isProgram, readSources } from './sources.ts'

const sources = readSources(isProgram)

describe('the arrows between the folders', () => {
  it('hold in every file of the program', async () => {
    expect(againstArrows(await importsOf(sources))).toEqual([])
  })

  it('leave exit codes to src/cli', () => {
    expect(exitsOutsideCli(sources)).toEqual([])
  })

  it.each([
    ['adapters/dns/a.ts', "import { plan } from '../../src/plan/plan.ts'"],
    ['adapters/dns/a.ts', "import { http } from '../graph/http.ts'"],
    ['adapters/dns/a.ts', "import { run } from '../../src/run/run.ts'"],
    ['adapters/dns/a.ts', "import type { Step } from '../../src/platforms/other.ts'"],
    ['src/plan/a.ts', "import { readFile } from 'node:fs/promises'"],
    ['src/plan/a.ts', "import { request } from 'node:http'"],
    ['src/plan/a.ts', "import pRetry from 'p-retry'"],
    ['src/footprint/a.ts', "import { spawn } from 'node:child_process'"],
    ['src/footprint/a.ts', "import { isIP } from 'node:net'"],
    ['src/footprint/a.ts', "export { list } from '../../adapters/dns/list.ts'"],
    ['src/model/a.ts', "import type { ZodType } from 'zod'"],
    ['src/model/a.ts', "export type { Plan } from '../plan/plan.ts'"],
    ['src/report/a.ts', "import { resume } from '../run/resume.ts'"],
    ['src/guide/a.ts', "import { open } from '../journal/open.ts'"],
    ['src/run/a.ts', "import { start } from '../sandbox/start.ts'"],
    ['src/run/a.ts', "import { token } from '../auth/token.ts'"],
    ['src/run/a.ts', "const platform = await import('../platforms/other.ts')"],
    ['src/platforms/a.ts', "import { exit } from '../cli/exit.ts'"],
    ['src/journal/a.ts', "import { fixture } from '../../test/fixture.ts'"],
    ['src/somewhere/a.ts', "import { a } from '../model/a.ts'"],
  ])('refuse in %s: %s', async (path, text) => {
    expect(againstArrows(await importsOf({ [path]: text }))).toHaveLength(1)
  })

  it.each([
    ['adapters/dns/providers/a.ts', "import { ask } from '../ask.ts'"],
    ['adapters/dns/a.ts', "import type { Json } from '../../src/model/json.ts'"],
    ['src/plan/a.ts', "import { createHash } from 'node:crypto'"],
    ['src/platforms/a.ts', "import { rules } from '../../adapters/exchange-online/rules.ts'"],
    ['src/run/a.test.ts', "import { start } from '../sandbox/start.ts'"],
    ['src/cli/a.ts', "import { start } from '../sandbox/start.ts'"],
    ['src/plan/a.ts', "// import { readFile } from 'node:fs'"],
  ])('allow in %s: %s', async (path, text) => {
    expect(againstArrows(await importsOf({ [path]: text }))).toEqual([])
  })

  it.each([
    ['src/run/a.ts', 'process.exit(1)'],
    ['src/run/a.ts', 'process.exitCode = 1'],
    ['adapters/dns/a.ts', "import { exit } from 'node:process'"],
  ])('refuse in %s: %s', (path, text) => {
    expect(exitsOutsideCli({ [path]: text })).toHaveLength(1)
  })

  it('leave a place for exit codes', () => {
    expect(exitsOutsideCli({ 'src/cli/main.ts': 'process.exitCode = 1' })).toEqual([])
  })
})
