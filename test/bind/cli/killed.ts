import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type Intercept, isUpdate } from '../../support/bind/relay.ts'
import { startProgram } from '../../support/program.ts'
import { customerZone } from './customer.ts'
import { type BindWorld, openBindWorld } from './world.ts'

/** How the program dies: its update never arrives, or it is done and not answered; or it asks something. */
type Moment = 'dropped' | 'unanswered' | 'asked'

/** The first request, of all to the name servers of the zone, at which the program is killed. */
export interface Death {
  /** 'update 2'; or what was in the journal and in the zone then: '5 entries, update 1'. */
  readonly at: string
  readonly moment: Moment
}

const fates = { dropped: 'lose', unanswered: 'lose-answer', asked: 'pass' } as const

/** A zone whose time to live is over in a second, as the program goes by the machine's clock. */
export function openQuickWorld(): Promise<BindWorld> {
  return openBindWorld({ zones: ({ address }) => [customerZone({ address, ttl: 1 })] })
}

/** How many entries the journal has. */
function entriesOf({ env }: BindWorld): number {
  const file = join(env.OFFBOARD_STATE_DIR ?? '', 'journal.sqlite')
  if (!existsSync(file)) return 0
  using journal = new DatabaseSync(file, { readOnly: true, timeout: 1000 })
  const isMade = journal.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'entry'").get() !== undefined
  return isMade ? Number(journal.prepare('SELECT count(*) AS number FROM entry').get()?.number) : 0
}

/** Names each request to the name servers of the zone, and asks what becomes of it. */
function interceptAll(world: BindWorld, decide: (at: string) => ReturnType<Intercept>): void {
  const { primary, nameServers } = world.bind
  let updates = 0
  for (const server of new Set([primary, ...nameServers]))
    server.intercept((message) => {
      if (isUpdate(message)) updates += 1
      return decide(
        isUpdate(message) ? `update ${updates}` : `${entriesOf(world)} entries, update ${updates}`,
      )
    })
}

function passAll({ bind: { primary, nameServers } }: BindWorld): void {
  for (const server of [primary, ...nameServers]) server.intercept(() => 'pass')
}

/**
 * Runs the program to its end, and answers the requests at which a kill tells something: each update, and the first
 * request with what was then in the journal and in the zone. All that is between two of them leaves the same behind.
 */
export async function deathsOf(world: BindWorld, args: readonly string[]): Promise<readonly Death[]> {
  const places = new Set<string>()
  interceptAll(world, (at) => {
    places.add(at)
    return 'pass'
  })
  const { code, stderr } = await startProgram(args, { ...world.env, HOME: world.folder }).ended
  if (code !== 3 && code !== 0) throw new Error(`the program ended with ${code}: ${stderr}`)
  return [...places].flatMap((at): readonly Death[] =>
    at.startsWith('update')
      ? [
          { at, moment: 'dropped' },
          { at, moment: 'unanswered' },
        ]
      : [{ at, moment: 'asked' }],
  )
}

/** Starts the program and kills it at a request. Answers the signal by which it ended. */
export async function killAt(world: BindWorld, args: readonly string[], death: Death) {
  const started = startProgram(args, { ...world.env, HOME: world.folder })
  let isDead = false
  interceptAll(world, (at) => {
    if (isDead) return 'lose'
    if (at !== death.at) return 'pass'
    isDead = true
    started.child.kill('SIGKILL')
    return fates[death.moment]
  })
  const { signal } = await started.ended
  passAll(world)
  return signal
}
