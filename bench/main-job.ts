/**
 * The main job against the sandbox with 50 ms added to each answer: how many requests a full run makes, and how its
 * wall time compares with a script written by hand that makes the same requests with the same parallelism.
 *
 *     node bench/main-job.ts [ROUNDS]
 *
 * The least possible with verification, request by request (`least-requests.ts` holds it as data):
 *
 * - sign in: one OpenID configuration, which says whose the domain is, and one token;
 * - survey, all in parallel: accepted domains (who are we), connection filter, rules, inbound connectors, outbound
 *   connectors by both values of IsTransportRuleScoped (documentation and observation disagree about the default),
 *   and ten places of leftovers, of which one has four lists;
 * - before the first write: who we are, once more;
 * - each step lists its objects again, writes, and lists until what it took away is gone. The address step writes all
 *   entries and the safe list in one request; each rule and connector is one request, as the service has no other way;
 * - the connectors step lists the rules too: a rule that routes there may have appeared since;
 * - at the end everything is read once more: an app with rights may have put its objects back.
 *
 * Bounds: requests at most the least plus one; wall time, by the least of the rounds, at most 1.15 times that of the
 * hand-written script. Both run in this process, in turn, on a sandbox in a thread of its own that is made anew for
 * each. Exits with 1 when a bound is broken.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { offboardByHand } from './hand-written.ts'
import { leastInAll, sumOf } from './least-requests.ts'
import { runProgram } from './program.ts'
import { startSandboxThread } from './sandbox-thread.ts'

const delayMs = 50
const mostRequestsAbove = 1
const mostRatio = 1.15

interface Measured {
  readonly ms: number
  readonly counts: Readonly<Record<string, number>>
}

async function measure(work: 'program' | 'hand'): Promise<Measured> {
  await using sandbox = await startSandboxThread({ scenario: 'default', regions: ['eu'], delayMs })
  const folder = mkdtempSync(join(tmpdir(), 'offboard-bench-'))
  const began = performance.now()
  if (work === 'program') await runProgram(sandbox.endpoints, join(folder, 'state'))
  else await offboardByHand(sandbox.endpoints)
  const ms = performance.now() - began
  rmSync(folder, { recursive: true, force: true })
  return { ms, counts: (await sandbox.control.show()).counts }
}

function least(times: readonly number[]): number {
  return Math.min(...times)
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN
}

const rounds = Number(process.argv[2] ?? 9)
await measure('program')
await measure('hand')
const program: Measured[] = []
const hand: Measured[] = []
for (let round = 0; round < rounds; round += 1) {
  program.push(await measure('program'))
  hand.push(await measure('hand'))
}

const made = program[0]?.counts ?? {}
const possible = leastInAll()
const [requests, possibleRequests, byHand] = [made, possible, hand[0]?.counts ?? {}].map(sumOf)
console.log(`requests: ${requests} made, ${possibleRequests} the least possible, ${byHand} by hand`)
for (const name of new Set([...Object.keys(made), ...Object.keys(possible)]))
  if (made[name] !== possible[name])
    console.log(`  ${name}: ${made[name] ?? 0} made, ${possible[name] ?? 0} possible`)

const times = { program: program.map(({ ms }) => ms), hand: hand.map(({ ms }) => ms) }
const ratio = least(times.program) / least(times.hand)
for (const [name, list] of Object.entries(times))
  console.log(`${name.padEnd(8)} least ${least(list).toFixed(0)} ms, median ${median(list).toFixed(0)} ms`)
console.log(
  `ratio of the least ${ratio.toFixed(3)}, of the medians ${(median(times.program) / median(times.hand)).toFixed(3)}`,
)

const tooMany = (requests ?? 0) > (possibleRequests ?? 0) + mostRequestsAbove
if (tooMany) console.log(`more than ${mostRequestsAbove} request above the least possible`)
if (ratio > mostRatio) console.log(`the ratio is above ${mostRatio}`)
if (tooMany || ratio > mostRatio) process.exitCode = 1
