/**
 * The main job against the sandbox with 50 ms added to each answer: how many requests a full run makes, and how its
 * wall time compares with a script written by hand that makes the same requests with the same parallelism.
 *
 *     scripts/offboard --version && node_modules/.bin/node bench/main-job.ts [ROUNDS [SCENARIO]]
 *
 * The least possible with verification, request by request (`least-requests.ts` holds it as data), 87 in all:
 *
 * - 2, sign in: one OpenID configuration, which says whose the domain is, and one token;
 * - 30, survey, all in parallel: accepted domains (who are we), connection filter, rules, inbound connectors, outbound
 *   connectors by both values of IsTransportRuleScoped (documentation and observation disagree about the default),
 *   and ten places of leftovers, of which one has four lists; and on Microsoft Graph the verified domains, one list of the
 *   directory's apps, and each of three that have a name like the vendor's whole, with both kinds of what it was granted;
 * - 3, on Microsoft Graph besides: its own token, which directory it is, and what the rights of the apps are called;
 * - 1, before the first write: who we are, once more;
 * - each step lists its objects again, writes, and lists until what it took away is gone: 3 for drain, 3 for the
 *   addresses (all entries and the safe list are one write), 6 for the rules and 9 for the connectors (each object is
 *   one write, as the service has no other way);
 * - of these 9 one lists the rules: a rule that routes to the connector may have appeared since;
 * - 30, at the end: everything is read once more, as an app with rights may have put its objects back.
 *
 * The MX of each accepted domain is asked of DNS besides, in the survey and at the end.
 *
 * Bounds: requests at most the least plus one; wall time, by the least of the rounds, at most 1.15 times that of the
 * hand-written script. Both run in this process, in turn, on a sandbox in a thread of its own that is made anew for
 * each. What a process of its own costs more is measured too, and bound by nothing. Exits with 1 when a bound is broken.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SandboxEndpoints } from '../src/sandbox/endpoints.ts'
import { offboardByHand } from './hand-written.ts'
import { type Counts, leastInAll, sumOf } from './least-requests.ts'
import { handProcess, programProcess } from './processes.ts'
import { runProgram } from './program.ts'
import { startSandboxThread } from './sandbox-thread.ts'

const delayMs = 50
const mostRequestsAbove = 1

/** How many requests one reading takes where it is not one, and the bound of the ratio. */
const scenarios: Readonly<Record<string, { readonly pages: Counts; readonly mostRatio: number }>> = {
  default: { pages: {}, mostRatio: 1.15 },
  'many-rules': { pages: { 'Get-TransportRule': 2 }, mostRatio: Number.POSITIVE_INFINITY },
}

const [rounds = '9', scenario = 'default'] = process.argv.slice(2)
const bounds = scenarios[scenario]
if (bounds === undefined)
  throw new Error(`the scenarios of this bench are ${Object.keys(scenarios).join(', ')}`)

type Work = (endpoints: SandboxEndpoints, stateDir: string) => Promise<void>

const works = {
  program: runProgram,
  'by hand': offboardByHand,
  'program, a process': programProcess,
  'by hand, a process': handProcess,
} satisfies Record<string, Work>
type Name = keyof typeof works

interface Measured {
  readonly ms: number
  readonly counts: Counts
}

async function measure(name: Name): Promise<Measured> {
  await using sandbox = await startSandboxThread({ scenario, regions: ['eu'], delayMs })
  const folder = mkdtempSync(join(tmpdir(), 'offboard-bench-'))
  try {
    const began = performance.now()
    await works[name](sandbox.endpoints, join(folder, 'state'))
    return { ms: performance.now() - began, counts: (await sandbox.control.show()).counts }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const names: readonly Name[] = ['program', 'by hand', 'program, a process', 'by hand, a process']
const measured = new Map<Name, Measured[]>(names.map((name) => [name, []]))
for (const name of names) await measure(name)
for (let round = 0; round < Number(rounds); round += 1)
  for (const name of names) measured.get(name)?.push(await measure(name))

function timesOf(name: Name): readonly number[] {
  return (measured.get(name) ?? []).map(({ ms }) => ms).toSorted((a, b) => a - b)
}
const least = (name: Name): number => timesOf(name)[0] ?? Number.NaN
const median = (name: Name): number => timesOf(name)[Math.floor(Number(rounds) / 2)] ?? Number.NaN

const possible = leastInAll(bounds.pages)
for (const name of names)
  console.log(
    `${name.padEnd(20)}${sumOf(measured.get(name)?.[0]?.counts ?? {})} requests, least ${least(name).toFixed(0)} ms, median ${median(name).toFixed(0)} ms`,
  )

function compare(title: string, one: Name, other: Name): number {
  const ratio = least(one) / least(other)
  console.log(
    `${title}: ${ratio.toFixed(3)} by the least, ${(median(one) / median(other)).toFixed(3)} by the medians`,
  )
  return ratio
}
const ratio = compare('program to script', 'program', 'by hand')
compare('as processes', 'program, a process', 'by hand, a process')
const startMs = least('program, a process') - least('program')
console.log(`a process of its own adds ${startMs.toFixed(0)} ms to the program`)

const made = measured.get('program')?.[0]?.counts ?? {}
console.log(`least possible: ${sumOf(possible)} requests`)
for (const name of new Set([...Object.keys(made), ...Object.keys(possible)]))
  if (made[name] !== possible[name])
    console.log(`  ${name}: ${made[name] ?? 0} made, ${possible[name] ?? 0} possible`)

const tooMany = sumOf(made) > sumOf(possible) + mostRequestsAbove
if (tooMany) console.log(`more than ${mostRequestsAbove} request above the least possible`)
if (ratio > bounds.mostRatio) console.log(`the ratio is above ${bounds.mostRatio}`)
if (tooMany || ratio > bounds.mostRatio) process.exitCode = 1
