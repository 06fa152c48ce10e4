import { expect, test } from 'vitest'
import type { Outcome } from '../../support/call.ts'
import { customer, ownTxt } from './customer.ts'
import { type BindWorld, openBindWorld } from './world.ts'

const { domain, previousMx, vendorMx, vendorTxt } = customer
const words = [
  ...['run', '--platform', 'other', '--region', 'eu', '--dns', 'manual', '--domain', domain],
  ...['--previous-mx', previousMx, '--vendor-txt', vendorTxt],
]

function states({ summary }: Outcome): Readonly<Record<string, string>> {
  return Object.fromEntries(summary.guided.map(({ id, outcome }) => [id, outcome]))
}

/** What is typed for a step, as the run shows it. */
function typed({ events }: Outcome, step: string): string {
  return events
    .flatMap((event) => (event.type === 'guided' && event.step.id === step ? event.step.instructions : []))
    .join('\n')
}

/** A person types the records of a set. */
async function type(world: BindWorld, kind: 'MX' | 'TXT', values: readonly string[]): Promise<void> {
  const name = kind === 'MX' ? domain : `_amazonses.${domain}`
  await world.bind.write(domain, { name, type: kind, ttl: 600, values })
  await world.bind.transfer(domain)
}

test.concurrent('a person types the records: each step is closed by reading, and none by a word alone', async () => {
  await using world = await openBindWorld()
  delete world.env.OFFBOARD_RFC2136_KEY_FILE
  const run = await world.offboard(...words, '--yes')
  const id = run.summary.runId ?? ''
  expect([run.exitCode, run.summary.changes, world.updates.length]).toEqual([3, [], 0])
  expect(typed(run, 'previous-mx')).toContain(`${domain}. 600 IN MX ${previousMx}.`)
  expect(typed(run, 'previous-mx')).toContain('priority 10, host mail.contoso.example')
  const confirm = (step: string) => world.offboard('confirm', id, step, '--by', 'Ada')

  for (const step of ['previous-mx', 'vendor-mx', 'txt', 'allow-lists', 'vendor-console']) {
    const early = await confirm(step)
    expect([step, early.exitCode, early.summary.outcome]).toEqual([step, 4, 'refused'])
  }
  expect(states(await world.offboard('resume', id))).toMatchObject({ 'previous-mx': 'action-required' })

  await type(world, 'MX', [vendorMx, previousMx])
  expect([(await confirm('previous-mx')).exitCode, (await confirm('vendor-mx')).exitCode]).toEqual([0, 4])
  const second = await world.offboard('resume', id)
  expect(states(second)).toMatchObject({ 'previous-mx': 'verified', 'vendor-mx': 'action-required' })
  expect(typed(second, 'vendor-mx')).toContain(`${domain}. 600 IN MX ${vendorMx}.`)

  await type(world, 'MX', [previousMx])
  const third = await world.offboard('resume', id)
  expect(states(third)).toMatchObject({ 'vendor-mx': 'verified', txt: 'action-required' })
  expect(typed(third, 'txt')).toContain(`"${vendorTxt}"`)

  await type(world, 'TXT', ownTxt)
  for (const step of ['txt', 'allow-lists', 'vendor-console'])
    expect([step, (await confirm(step)).exitCode]).toEqual([step, 0])
  const done = await world.offboard('resume', id)
  expect([done.exitCode, done.summary.outcome, states(done).txt]).toEqual([0, 'done', 'verified'])
  expect(world.updates).toEqual([])
})

test.concurrent('what a person typed at the primary alone is not believed while a name server has the old set', async () => {
  await using world = await openBindWorld({ lagging: true })
  const run = await world.offboard(...words, '--yes')
  const id = run.summary.runId ?? ''
  await world.bind.write(domain, { name: domain, type: 'MX', ttl: 600, values: [vendorMx, previousMx] })
  expect(states(await world.offboard('resume', id))['previous-mx']).not.toBe('verified')
  await world.bind.transfer(domain)
  expect(states(await world.offboard('resume', id))['previous-mx']).toBe('verified')
})

test.concurrent('a vendor’s MX that a person takes out before the previous one is in is not taken for done', async () => {
  await using world = await openBindWorld()
  const run = await world.offboard(...words, '--yes')
  await type(world, 'MX', ['10 elsewhere.example'])
  const resumed = await world.offboard('resume', run.summary.runId ?? '')
  expect([resumed.exitCode, states(resumed)['previous-mx']]).toEqual([3, 'action-required'])
})
