/**
 * Exchange Online by PowerShell, on the engine of the tests, against the sandbox:
 *
 * - what large answers cost: one and five megabytes of rules, read over both transports in turn;
 * - fifty tenants one after the other, a dry run each: open files and memory of this process from the tenth on.
 *
 *     node_modules/.bin/node --expose-gc bench/powershell.ts [TENANTS]
 *
 * Bounds: no more open files after the last tenant than after the tenth, and a heap that is at most a tenth larger.
 * The times have none. Exits with 1 when a bound is broken.
 */
import { readdirSync } from 'node:fs'
import { type Engine, testEngines } from '../test/powershell/engine.ts'
import { startPowerShellTenant } from '../test/powershell/tenant.ts'
import { overRest } from '../test/powershell/transports.ts'
import { openWorld } from '../test/support/world.ts'

const [tenants = '50'] = process.argv.slice(2)
const first = 10
const mostHeap = 1.1
const megabyte = 1_000_000
const [engine] = await testEngines()
if (engine === undefined || global.gc === undefined)
  throw new Error('this bench needs a PowerShell and --expose-gc')
const collect = global.gc

async function largeAnswers(by: Engine): Promise<void> {
  await using tenant = await startPowerShellTenant(by)
  const { control } = tenant.sandbox
  const { objects } = await control.show()
  const names = (objects['transport-rule'] ?? []).map(({ Name }) => String(Name))
  const powershell = tenant.transport({ timeoutMs: 120_000 })
  const rest = overRest(tenant)
  await powershell.invoke('Get-AcceptedDomain', {})
  for (const megabytes of [0, 1, 5]) {
    for (const name of names.slice(0, megabytes))
      await control.act('set', {
        kind: 'transport-rule',
        name,
        property: 'Comments',
        value: 'a rule of ours, ü '.repeat(megabyte / 18),
      })
    for (const [title, transport] of [['PowerShell', powershell] as const, ['REST', rest] as const]) {
      const began = performance.now()
      await transport.invoke('Get-TransportRule', {})
      console.log(`${megabytes} MB by ${title}: ${(performance.now() - began).toFixed(0)} ms`)
    }
  }
}

interface Size {
  readonly openFiles: number
  readonly heap: number
  readonly rss: number
}

function size(): Size {
  collect()
  const { heapUsed, rss } = process.memoryUsage()
  const openFiles = process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0
  return { openFiles, heap: heapUsed, rss }
}

function said({ openFiles, heap, rss }: Size): string {
  return `${openFiles} open files, heap ${(heap / megabyte).toFixed(1)} MB, RSS ${(rss / megabyte).toFixed(0)} MB`
}

async function oneTenant(by: Engine): Promise<void> {
  await using world = await openWorld({ scenario: 'plain', powershell: by.program })
  const { exitCode, stderr } = await world.run('--dry-run')
  if (exitCode !== 0) throw new Error(`a dry run ended with ${exitCode}:\n${stderr}`)
}

await largeAnswers(engine)
const sizes: Size[] = []
for (let number = 1; number <= Number(tenants); number += 1) {
  await oneTenant(engine)
  sizes.push(size())
  if (number % first === 0) console.log(`after tenant ${number}: ${said(size())}`)
}
const [early, last] = [sizes[first - 1], sizes.at(-1)]
if (early === undefined || last === undefined) throw new Error(`at least ${first} tenants are needed`)
const ratio = last.heap / early.heap
console.log(`heap: ${ratio.toFixed(3)} times that after tenant ${first}`)
if (last.openFiles > early.openFiles || ratio > mostHeap) {
  console.log('it grows')
  process.exitCode = 1
}
