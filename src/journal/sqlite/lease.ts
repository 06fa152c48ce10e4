import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { RefusedError } from '../../model/errors.ts'
import type { Lease } from '../../model/journal.ts'
import { isDead, thisProcess } from '../holder.ts'
import type { Session, Store } from './store.ts'

const lifeMs = 60_000
const renewEveryMs = 10_000

const heldRow = z.looseObject({
  holder: z.string(),
  pid: z.number(),
  host: z.string(),
  machine: z.string(),
  started: z.string().nullable(),
  since: z.string(),
  expires_ms: z.number(),
})
type Held = z.infer<typeof heldRow>

/**
 * Takes the tenant for this process, or throws a RefusedError that names who has it. It is renewed by itself. It can
 * be taken over when it has run out, or at once when its process is known to be dead.
 */
export async function takeLease(store: Store, tenant: string): Promise<Lease> {
  const key = tenant.toLowerCase()
  const holder = randomUUID()
  await store.write((session) => {
    const held = heldBy(session, key)
    if (held !== undefined && isLive(held)) throw refused(`work on the tenant ${tenant}`, held)
    put(session, key, holder)
  })

  const renew = () => store.write((session) => extend(session, key, holder))
  const timer = setInterval(() => void renew().catch(() => undefined), renewEveryMs).unref()

  return {
    async assertHeld() {
      const taker = await store.read((session) => heldBy(session, key))
      const isOurs = taker?.holder === holder
      if (isOurs && taker.expires_ms - Date.now() > lifeMs / 2) return
      if (isOurs && (await renew())) return
      throw refused(`go on with the tenant ${tenant}`, taker)
    },
    async release() {
      clearInterval(timer)
      await store.write((session) =>
        session.run('DELETE FROM lease WHERE tenant = $key AND holder = $holder', { key, holder }),
      )
    },
  }
}

function heldBy(session: Session, key: string): Held | undefined {
  const row = session.all('SELECT * FROM lease WHERE tenant = $key', { key })[0]
  return row === undefined ? undefined : heldRow.parse(row)
}

function isLive(held: Held): boolean {
  return held.expires_ms > Date.now() && !isDead(held)
}

function put(session: Session, key: string, holder: string): void {
  const { pid, host, machine, started } = thisProcess()
  const now = Date.now()
  const since = new Date(now).toISOString()
  session.run(
    `INSERT OR REPLACE INTO lease (tenant, holder, pid, host, machine, started, since, expires_ms)
     VALUES ($key, $holder, $pid, $host, $machine, $started, $since, $expires)`,
    { key, holder, pid, host, machine, started, since, expires: now + lifeMs },
  )
}

/** False when it is no longer ours. */
function extend(session: Session, key: string, holder: string): boolean {
  const expires = Date.now() + lifeMs
  return (
    session.run('UPDATE lease SET expires_ms = $expires WHERE tenant = $key AND holder = $holder', {
      key,
      holder,
      expires,
    }) === 1
  )
}

function refused(tried: string, by: Held | undefined): RefusedError {
  if (by === undefined) return new RefusedError({ tried, said: 'this process no longer holds it' })
  return new RefusedError({
    tried,
    said: `another offboard (process ${by.pid} on ${by.host}, since ${by.since}) is working on this tenant`,
    hint: `Wait until it has ended. If it is dead, its hold ends by itself within ${lifeMs / 1000} seconds.`,
  })
}
