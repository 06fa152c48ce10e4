import { expect, test } from 'vitest'
import { ids, outcomes } from '../../support/world.ts'
import { customer, customerZone } from './customer.ts'
import { type PolicyServer, startPolicyServer } from './policy-server.ts'
import { type BindWorld, openBindWorld } from './world.ts'

const { domain, previousMx, previousHost } = customer
const id = `mta-sts:${domain}`

function policy(mode: string, ...mx: readonly string[]): string {
  const lines = ['version: STSv1', `mode: ${mode}`, ...mx.map((host) => `mx: ${host}`), 'max_age: 604800']
  return `${lines.join('\r\n')}\r\n`
}

async function openWorld({ address: host }: PolicyServer): Promise<BindWorld> {
  return openBindWorld({
    zones: ({ address }) => [
      customerZone({
        address,
        sets: [
          { name: `_mta-sts.${domain}`, type: 'TXT', ttl: 300, values: ['"v=STSv1; id=20261124;"'] },
          { name: `mta-sts.${domain}`, type: 'A', ttl: 300, values: [host] },
        ],
      }),
    ],
  })
}

test('a policy that is enforced and lists only the vendor’s MX: 4, and nothing waives it', async () => {
  await using policies = await startPolicyServer(domain)
  await using world = await openWorld(policies)
  policies.publish(policy('enforce', '*.mx.perception-point.io'))
  const dry = await world.leave('--dry-run')
  expect([dry.exitCode, ids(dry.summary.blockers)]).toEqual([4, [id]])
  expect(dry.summary.blockers[0]?.reason).toContain(`does not permit ${previousHost}`)
  for (const waiving of [[], ['--allow', id], ['--allow', 'unanswered-mx']])
    expect((await world.leave('--yes', ...waiving)).exitCode).toBe(4)
  expect(world.updates).toHaveLength(0)

  policies.publish(policy('enforce', '*.mx.perception-point.io', previousHost))
  const run = await world.leave('--yes')
  expect([run.exitCode, new Set(Object.values(outcomes(run)))]).toEqual([3, new Set(['verified'])])
})

test('a policy in testing is a leftover, and the run goes on', async () => {
  await using policies = await startPolicyServer(domain)
  await using world = await openWorld(policies)
  policies.publish(policy('testing', '*.mx.perception-point.io'))
  const dry = await world.leave('--dry-run')
  expect([dry.exitCode, ids(dry.summary.leftovers)]).toEqual([0, expect.arrayContaining([id])])
  const run = await world.leave('--yes')
  expect([run.exitCode, await world.values(domain, 'MX')]).toEqual([3, [previousMx]])
})

test('a policy that is announced and cannot be had: 5, and nothing is written', async () => {
  await using policies = await startPolicyServer(domain)
  await using world = await openWorld(policies)
  const run = await world.leave('--yes')
  expect([run.exitCode, run.summary.outcome, world.updates.length]).toEqual([5, 'unverified', 0])
  expect(JSON.stringify(run.events)).toContain('its host answered 404')
})
