import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { RefusedError } from '../../model/errors.ts'
import type { Journal } from '../../model/journal.ts'
import { openJournal } from '../open.ts'
import { sampleRun, standingClock } from '../samples.ts'
import { startChild } from './child.ts'

let folder: string
let journal: Journal

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offboard-lease-'))
  journal = await openJournal({ folder, clock: standingClock().clock })
})
afterEach(async () => {
  vi.useRealTimers()
  await journal.close()
  await rm(folder, { recursive: true })
})

/** Alters the lease behind everyone's back. */
function alterLease(assignment: string): void {
  using database = new DatabaseSync(join(folder, 'journal.sqlite'), { timeout: 5000 })
  database.exec(`UPDATE lease SET ${assignment}`)
}

function expiryMs(): unknown {
  using database = new DatabaseSync(join(folder, 'journal.sqlite'), { timeout: 5000 })
  return database.prepare('SELECT expires_ms FROM lease').get()?.expires_ms
}

const holdForEver = `
  const journal = await open()
  await journal.lease('contoso')
  say('held')
  setInterval(() => undefined, 1000)
  await new Promise(() => undefined)
`

test('of two processes that race for a tenant one gets it, and the other is told who has it', async () => {
  const race = `
    const journal = await open()
    for (let round = 0; round < 20; round += 1) {
      try {
        const lease = await journal.lease('contoso')
        await lease.assertHeld()
        const mine = await journal.begin(${JSON.stringify(sampleRun())})
        const open = await journal.runs({ state: 'open' })
        if (open.length !== 1) throw new Error('two at once')
        await journal.mark(mine.id, 'ended', 'done')
        await lease.release()
      } catch (error) {
        if (error.name !== 'RefusedError' || !/another offboard \\(process \\d+ on /.test(error.message)) throw error
      }
    }
    await journal.close()
  `
  const children = [startChild(folder, race), startChild(folder, race), startChild(folder, race)]
  const codes = await Promise.all(children.map(async ({ ended }) => (await ended)[0]))
  expect(codes).toEqual([0, 0, 0])
  expect((await journal.runs()).length).toBeGreaterThan(0)
})

test('a living process keeps its lease, and a killed one loses it at once', async () => {
  const { child, said, ended } = startChild(folder, holdForEver)
  expect(await said()).toBe('held')
  await expect(journal.lease('contoso')).rejects.toThrow(`process ${child.pid} on `)
  child.kill('SIGKILL')
  await ended
  await (await journal.lease('contoso')).assertHeld()
})

test('a process number that was used again is not the holder', async () => {
  await journal.lease('contoso')
  alterLease(`started = '1'`)
  await expect(journal.lease('contoso')).resolves.toBeDefined()
})

test.each([
  ['elsewhere', `machine = 'elsewhere', host = 'elsewhere', pid = 999999999`],
  ['in another container of the same name', `machine = machine || ' other', pid = 999999999`],
])('a holder %s is believed to live until its lease runs out', async (_, where) => {
  await journal.lease('contoso')
  alterLease(where)
  await expect(journal.lease('contoso')).rejects.toThrow(RefusedError)
  alterLease('expires_ms = 0')
  await expect(journal.lease('contoso')).resolves.toBeDefined()
})

test('a lease that was taken over is known to be lost', async () => {
  const lease = await journal.lease('contoso')
  alterLease('expires_ms = 0')
  const taker = await journal.lease('contoso')
  await expect(lease.assertHeld()).rejects.toThrow('another offboard')
  await lease.release()
  await taker.assertHeld()
})

test('a lease that ran out and that nobody took is held on to', async () => {
  const lease = await journal.lease('contoso')
  alterLease('expires_ms = 0')
  await lease.assertHeld()
  expect(expiryMs()).toBeGreaterThan(Date.now() + 50_000)
})

test('a lease is renewed by itself, until it is released', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const lease = await journal.lease('contoso')
  alterLease('expires_ms = 0')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(expiryMs()).toBeGreaterThan(Date.now() + 50_000)
  await lease.release()
  expect(vi.getTimerCount()).toBe(0)
})
