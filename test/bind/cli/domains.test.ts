import { expect, test } from 'vitest'
import { ids, outcomes } from '../../support/world.ts'
import { customer, customerZone } from './customer.ts'
import { type BindWorld, openBindWorld } from './world.ts'

const { domain, previousMx, vendorTxt } = customer
const second = 'fabrikam.example'
const third = 'adatum.example'
const words = [
  ...['run', '--platform', 'other', '--region', 'eu', '--dns', 'rfc2136', '--yes'],
  ...['--previous-mx', previousMx, '--vendor-txt', vendorTxt],
]

function vendorOf(name: string): string {
  return `10 ${name.replaceAll('.', '-')}.mx.perception-point.io`
}

async function openWorld(fixed: readonly string[] = []): Promise<BindWorld> {
  return openBindWorld({
    zones: ({ address }) =>
      [domain, second, third].map((name) =>
        customerZone({ address, name, mx: [vendorOf(name)], fixed: fixed.includes(name) }),
      ),
  })
}

function outcomesOf(run: Parameters<typeof outcomes>[0], name: string): readonly string[] {
  const own = Object.entries(outcomes(run)).filter(([id]) => id.includes(`:${name}/`))
  return [...new Set(own.map(([, outcome]) => outcome))]
}

test.concurrent('two domains in one run, each with changes of its own, and put back together', async () => {
  await using world = await openWorld()
  const before = [await world.zone(domain), await world.zone(second)]
  const named = ['--domain', domain, '--domain', second]
  const dry = await world.offboard(...words.filter((word) => word !== '--yes'), ...named, '--dry-run')
  expect([dry.exitCode, dry.summary.changes.length, world.updates.length]).toEqual([0, 6, 0])
  const run = await world.offboard(...words, ...named)
  expect([run.exitCode, outcomesOf(run, domain), outcomesOf(run, second)]).toEqual([
    3,
    ['verified'],
    ['verified'],
  ])
  for (const name of [domain, second]) expect(await world.values(name, 'MX')).toEqual([previousMx])
  expect(await world.values(third, 'MX')).toEqual([vendorOf(third)])
  const restored = await world.offboard('restore', run.summary.runId ?? '', '--yes')
  expect([restored.exitCode, [await world.zone(domain), await world.zone(second)]]).toEqual([0, before])
})

test.concurrent('a domain whose zone takes no updates stops no other, and the exit code is the worst', async () => {
  await using world = await openWorld([second])
  const run = await world.offboard(...words, '--domain', [domain, second, third].join(','))
  expect([run.exitCode, run.summary.outcome]).toEqual([1, 'failed'])
  expect(outcomesOf(run, second)).not.toContain('verified')
  for (const name of [domain, third]) {
    expect([name, outcomesOf(run, name)]).toEqual([name, ['verified']])
    expect(await world.values(name, 'MX')).toEqual([previousMx])
  }
  expect(await world.values(second, 'MX')).toEqual([vendorOf(second)])
})

test.concurrent('a domain that has no zone is named, and the others are taken off', async () => {
  await using world = await openWorld()
  const run = await world.offboard(...words, '--domain', `${domain},nowhere.example,${third}`)
  expect(run.exitCode).toBe(5)
  expect(JSON.stringify(run.events)).toContain('nowhere.example')
  for (const name of [domain, third]) expect(outcomesOf(run, name)).toEqual(['verified'])
  const guided = run.summary.guided.filter(({ outcome }) => outcome === 'verified')
  expect(ids(guided)).toEqual([])
})

test.concurrent('a domain that somebody changed meanwhile is refused alone', async () => {
  await using world = await openWorld()
  let isAdded = false
  world.mail.onHeard(async () => {
    if (isAdded || world.updates.length === 0) return
    isAdded = true
    const values = [vendorOf(second), previousMx, '30 third.example']
    await world.bind.write(second, { name: second, type: 'MX', ttl: 600, values })
  })
  const run = await world.offboard(...words, '--domain', [domain, second, third].join(','))
  expect([isAdded, run.exitCode]).toEqual([true, 4])
  for (const name of [domain, third]) expect(outcomesOf(run, name)).toEqual(['verified'])
  expect(await world.values(second, 'MX')).toContain(vendorOf(second))
})
