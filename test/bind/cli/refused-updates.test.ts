import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { freePort } from '../../support/bind/ports.ts'
import type { Outcome } from '../../support/call.ts'
import { ids, outcomes } from '../../support/world.ts'
import { badTimeAnswer } from './bad-time.ts'
import { customer, customerZone } from './customer.ts'
import { type BindWorld, openBindWorld } from './world.ts'

const { domain, vendorMx } = customer

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

/** Of everything that was printed, logged or kept, nothing may be a part of a key. */
function assertNoKey({ env, bind, folder }: BindWorld, { stdout, stderr }: Outcome): void {
  const own = /secret "([^"]+)"/.exec(readIfThere(env.OFFBOARD_RFC2136_KEY_FILE ?? ''))?.[1]
  const kept = existsSync(join(folder, 'state')) ? filesIn(join(folder, 'state')) : []
  const shown = [stdout, stderr, ...kept.map((file) => readFileSync(file, 'latin1'))].join('\n')
  for (const secret of [...bind.secrets, ...(own === undefined ? [] : [own])])
    expect(shown).not.toContain(secret.slice(0, 12))
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

interface Case {
  readonly what: string
  /** Answers the key file. */
  key(world: BindWorld): string
  readonly exitCode: number
  readonly error: string
  readonly says: RegExp
}

function keyFile(world: BindWorld, text: string, mode = 0o600): string {
  const file = join(world.folder, 'other.key')
  writeFileSync(file, text)
  chmodSync(file, mode)
  return file
}

function permitted(world: BindWorld): string {
  return readFileSync(world.bind.keys.permitted, 'utf8')
}

const cases: readonly Case[] = [
  {
    what: 'a key with another secret',
    key: ({ bind }) => bind.keys.wrongSecret,
    ...{ exitCode: 1, error: 'PermissionError', says: /another secret or algorithm \(BADSIG\)/ },
  },
  {
    what: 'a key that the server does not know',
    key: ({ bind }) => bind.keys.unknown,
    ...{ exitCode: 1, error: 'PermissionError', says: /does not know the key \(BADKEY\)/ },
  },
  {
    what: 'a key with another algorithm',
    key: (world) => keyFile(world, permitted(world).replace('hmac-sha256', 'hmac-sha512')),
    ...{ exitCode: 1, error: 'PermissionError', says: /BADKEY|BADSIG/ },
  },
  {
    what: 'a key that may change nothing',
    key: ({ bind }) => bind.keys.powerless,
    ...{ exitCode: 1, error: 'PermissionError', says: /refuses the update \(REFUSED\).*update-policy/s },
  },
  {
    what: 'a key file that is not there',
    key: ({ folder }) => join(folder, 'nowhere.key'),
    ...{ exitCode: 64, error: 'UsageError', says: /nowhere\.key.*ENOENT.*OFFBOARD_RFC2136_KEY_FILE/s },
  },
  {
    what: 'a key file that others may read',
    key: (world) => keyFile(world, permitted(world), 0o644),
    ...{ exitCode: 64, error: 'UsageError', says: /other\.key.*mode 0644.*chmod 600/s },
  },
  {
    what: 'a key file that is malformed',
    key: (world) => keyFile(world, permitted(world).replace('};', '')),
    ...{ exitCode: 64, error: 'UsageError', says: /other\.key.*not one "key" statement/s },
  },
  {
    what: 'a key file whose secret is cut off',
    key: (world) => keyFile(world, permitted(world).replace(/=";/, '";')),
    ...{ exitCode: 64, error: 'UsageError', says: /secret of the key .* not in base64/ },
  },
]

test.concurrent.each(cases)(
  '$what: a clear error, nothing changed, and no key in any output',
  async (given) => {
    await using world = await openBindWorld()
    world.env.OFFBOARD_RFC2136_KEY_FILE = given.key(world)
    const [zone, serial] = [await world.zone(), await world.serial()]
    const run = await world.leave('--yes')
    expect([run.exitCode, run.summary.error?.name]).toEqual([given.exitCode, given.error])
    expect(`${run.summary.error?.message} ${run.summary.error?.hint}`).toMatch(given.says)
    expect([await world.zone(), await world.serial()]).toEqual([zone, serial])
    assertNoKey(world, run)
  },
)

test.concurrent('clocks that differ: said in words, nothing changed, and resume goes on when they agree', async () => {
  await using world = await openBindWorld()
  const zone = await world.zone()
  world.onUpdate((update) => ({ answer: badTimeAnswer(update, world.bind.keys.permitted) }))
  const run = await world.leave('--yes')
  expect([run.exitCode, run.summary.error?.name]).toEqual([1, 'PermissionError'])
  expect(run.summary.error?.message).toMatch(/clocks .* differ \(BADTIME\)/)
  expect(await world.zone()).toEqual(zone)
  assertNoKey(world, run)
  world.onUpdate(() => 'pass')
  expect((await world.offboard('resume')).exitCode).toBe(3)
})

test.concurrent('after the right key is in place, resume does what the wrong one could not', async () => {
  await using world = await openBindWorld()
  world.env.OFFBOARD_RFC2136_KEY_FILE = world.bind.keys.powerless
  expect((await world.leave('--yes')).exitCode).toBe(1)
  world.env.OFFBOARD_RFC2136_KEY_FILE = world.bind.keys.permitted
  const resumed = await world.offboard('resume')
  expect([resumed.exitCode, await world.values(domain, 'MX')]).toEqual([3, [customer.previousMx]])
})

test.concurrent('a primary that is down: nothing is planned, nothing is changed, and the server is named', async () => {
  await using world = await openBindWorld({ hidden: true })
  await world.bind.primary.kill()
  const run = await world.leave('--yes')
  expect([run.exitCode, run.summary.error?.name]).toEqual([1, 'ServiceError'])
  expect(run.summary.error?.message).toContain(`${world.bind.primary.address} (port ${world.bind.port})`)
  expect((await world.bind.nameServers[0].read(domain, 'MX')).values).toEqual([vendorMx])
  assertNoKey(world, run)
  await world.bind.primary.start()
  expect((await world.leave('--yes')).exitCode).toBe(3)
})

test.concurrent('a primary that goes down before the update: failed, and resume goes on when it is back', async () => {
  await using world = await openBindWorld({ hidden: true })
  let going: Promise<void> | undefined
  world.onUpdate(() => {
    going ??= world.bind.primary.kill()
    return 'lose'
  })
  const run = await world.leave('--yes')
  await going
  expect([run.exitCode, run.summary.outcome, run.summary.error?.name]).toEqual([1, 'failed', 'ServiceError'])
  expect(run.summary.error?.message).toContain('nothing listens there')
  assertNoKey(world, run)
  world.onUpdate(() => 'pass')
  await world.bind.primary.start()
  expect(await world.values(domain, 'MX')).toEqual([vendorMx])
  const resumed = await world.offboard('resume')
  expect([resumed.exitCode, await world.values(domain, 'MX')]).toEqual([3, [customer.previousMx]])
})

test.concurrent('a primary that dies before it answers an update that it has done: found done, and not sent again', async () => {
  await using world = await openBindWorld({ hidden: true })
  const { primary } = world.bind
  let reborn: Promise<void> | undefined
  const dieWhenDone = async () => {
    while (!(await world.values(domain, 'MX')).includes(customer.previousMx)) await nextTurn()
    await primary.kill()
    await primary.start()
  }
  world.onUpdate(() => {
    if (reborn !== undefined) return 'pass'
    reborn = dieWhenDone()
    return 'lose-answer'
  })
  const run = await world.leave('--yes')
  expect(reborn, JSON.stringify(run.summary.error)).toBeDefined()
  await reborn
  const ended = run.exitCode === 3 ? run : await world.offboard('resume')
  expect([ended.exitCode, ended.summary.error, new Set(Object.values(outcomes(ended)))]).toEqual([
    3,
    undefined,
    new Set(['verified']),
  ])
  expect(world.updates).toHaveLength(3)
})

test.concurrent('a server that answers nobody (REFUSED) is refused before anything is written', async () => {
  await using world = await openBindWorld({ hidden: true })
  world.bind.primary.intercept((query) => {
    const answer = Buffer.from(query)
    answer.writeUInt16BE(0x80_05, 2)
    return { answer }
  })
  const run = await world.leave('--yes')
  expect([run.exitCode, run.summary.outcome]).toEqual([1, 'failed'])
  expect(run.summary.error?.message).toContain(world.bind.primary.address)
  expect(await world.values(domain, 'MX')).toEqual([vendorMx])
})

test.concurrent('a zone that takes no updates: refused by the server, and nothing is changed', async () => {
  await using world = await openBindWorld({
    zones: ({ address }) => [customerZone({ address, fixed: true })],
  })
  const zone = await world.zone()
  const run = await world.leave('--yes')
  expect([run.exitCode, run.summary.error?.name]).toEqual([1, 'PermissionError'])
  expect(run.summary.error?.message).toMatch(/refuses the update|NOTAUTH/)
  expect(await world.zone()).toEqual(zone)
})

test.concurrent('a server that does not hold the zone is refused before anything is written', async () => {
  await using world = await openBindWorld()
  await using elsewhere = await openBindWorld({
    zones: ({ address }) => [customerZone({ address, name: 'elsewhere.example' })],
  })
  world.env.OFFBOARD_RFC2136_SERVER = elsewhere.bind.primary.server
  const run = await world.leave('--yes')
  expect([run.exitCode, run.summary.error?.name]).toEqual([1, 'NotFoundError'])
  expect(run.summary.error?.message).toContain('does not hold the zone')
  expect([world.updates.length, elsewhere.updates.length]).toEqual([0, 0])
})

test.concurrent('a port at which nobody listens', async () => {
  await using world = await openBindWorld()
  world.env.OFFBOARD_RFC2136_SERVER = `127.0.0.1:${await freePort()}`
  const run = await world.leave('--yes')
  expect([run.exitCode, ids(run.summary.changes)]).toEqual([1, []])
  expect(run.summary.error?.message).toContain('nothing listens there')
  expect(await world.values(domain, 'MX')).toEqual([vendorMx])
})
