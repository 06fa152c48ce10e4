/**
 * How long `offboard --version` and `offboard --help` take, against `node -e 0`.
 *
 *     scripts/offboard --version && node_modules/.bin/node bench/startup.ts [ROUNDS]
 *
 * Each round (60 by default) starts each of the three once, one after the other, so that what else the machine does
 * meets them alike; stdout is a pipe. The least time of a form is what it costs when nothing is in its way, the
 * median what a person meets. The limit holds for the ratio of the least times. The exit code is 1 when a form is
 * above the limit, or loads a package that a start does not need: then some import is no longer lazy.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { filesLoadedBy, packagesIn } from './startup-packages.ts'

const limit = 1.6
const packagesOfStart: readonly string[] = []
const program = join(import.meta.dirname, '..', 'dist', 'offboard.js')

const baseline = { name: 'node -e 0', args: ['-e', '0'] }
const forms = [
  { name: 'offboard --version', args: [program, '--version'] },
  { name: 'offboard --help', args: [program, '--help'] },
]

function milliseconds(args: readonly string[]): number {
  const began = process.hrtime.bigint()
  spawnSync(process.execPath, args)
  return Number(process.hrtime.bigint() - began) / 1e6
}

/** The times of each form, sorted, by its name. */
function measure(rounds: number): Map<string, number[]> {
  const all = [baseline, ...forms]
  const times = new Map(all.map(({ name }): [string, number[]] => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const { name, args } of all) times.get(name)?.push(milliseconds(args))
  }
  for (const one of times.values()) one.sort((a, b) => a - b)
  return times
}

const times = measure(Number(process.argv[2] ?? 60))
const least = (name: string): number => times.get(name)?.[0] ?? Number.NaN
const median = (name: string): number => times.get(name)?.at((times.get(name)?.length ?? 0) / 2) ?? Number.NaN
const row = (cells: readonly string[]): string =>
  cells
    .map((cell, at) => cell.padEnd(at === 0 ? 20 : 12))
    .join('')
    .trimEnd()

console.log(row(['', 'least ms', 'median ms', 'ratio', 'ratio of medians']))
for (const { name } of [baseline, ...forms]) {
  const figures = [least(name), median(name)].map((ms) => ms.toFixed(1))
  const ratios = [least(name) / least(baseline.name), median(name) / median(baseline.name)].map((ratio) =>
    ratio.toFixed(2),
  )
  console.log(row([name, ...figures, ...ratios]))
}

for (const { name, args } of forms) {
  const ratio = least(name) / least(baseline.name)
  const files = filesLoadedBy(program, args.slice(1))
  const packages = packagesIn(files)
  const needless = packages.filter((one) => !packagesOfStart.includes(one))
  console.log(`${name}: ${files.length} files; packages: ${packages.join(', ') || 'none'}`)
  if (ratio > limit) console.log(`${name}: ratio ${ratio.toFixed(2)} is above ${limit}`)
  if (needless.length > 0) console.log(`${name}: does not need ${needless.join(', ')}`)
  if (ratio > limit || needless.length > 0) process.exitCode = 1
}
