/**
 * Builds the program, then runs the suites that this machine can run, and says which it cannot and why. With `CI`
 * set, a suite that cannot run is a failure. Arguments go to vitest; without any, coverage is measured.
 */
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { buildProgram } from './build.ts'
import { type Need, type Suite, suites } from './suites.ts'
import { summaryLine } from './test-report.ts'

const root = join(import.meta.dirname, '..')
const report = join(root, 'coverage', 'tests.json')

interface Skip {
  readonly suite: Suite
  readonly unmet: readonly Need[]
}

export async function suitesToSkip(all: readonly Suite[]): Promise<Skip[]> {
  const checked = await Promise.all(
    all.map(async (suite) => {
      const met = await Promise.all(suite.needs.map((need) => need.isMet()))
      return { suite, unmet: suite.needs.filter((_, index) => !met[index]) }
    }),
  )
  return checked.filter(({ unmet }) => unmet.length > 0)
}

export function skipLine({ suite, unmet }: Skip): string {
  return `skipped: ${suite.name}: ${unmet.map(({ name, remedy }) => `needs ${name} (${remedy})`).join('; ')}`
}

/** The exit code of vitest; its tests find the project's own Node first. */
function runVitest(skips: readonly Skip[], args: readonly string[]): number {
  const options = [
    ...skips.flatMap(({ suite }) => suite.files.flatMap((files) => ['--exclude', files])),
    ...(args.length === 0 ? ['--coverage'] : args),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  const programs = join(root, 'node_modules', '.bin')
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...options],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, PATH: `${programs}${delimiter}${process.env.PATH}` },
    },
  )
  return status ?? 1
}

async function main(args: readonly string[]): Promise<number> {
  rmSync(report, { force: true })
  if (!(await buildProgram())) return 1
  const skips = await suitesToSkip(suites)
  const status = runVitest(skips, args)
  for (const skip of skips) console.log(skipLine(skip))
  console.log(summaryLine(report))
  return status === 0 && skips.length > 0 && process.env.CI ? 1 : status
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2))
