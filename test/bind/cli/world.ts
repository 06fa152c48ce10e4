import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Intercept, isUpdate } from '../../support/bind/relay.ts'
import type { BindZone } from '../../support/bind/zone.ts'
import { type Bind, startBind } from '../../support/bind.ts'
import { call, type Outcome } from '../../support/call.ts'
import { type QuickClock, quickClock } from './clock.ts'
import { customer, customerZone } from './customer.ts'
import { type MailServer, startMailServer } from './mail-server.ts'

/** A customer's zones on real BIND, its mail server, and the program run in this process on both. */
export interface BindWorld extends AsyncDisposable {
  readonly bind: Bind
  readonly mail: MailServer
  readonly clock: QuickClock
  readonly env: Record<string, string>
  /** Working folder and home; the state is in `state` below it. */
  readonly folder: string
  /** Of requests to the primary, first to last: each that changes a zone. */
  readonly updates: readonly Buffer[]
  /** Decides about each of them, before the primary has it. All pass by default. */
  onUpdate(decide: (update: Buffer) => ReturnType<Intercept>): void
  /** Runs one command line with --json. */
  offboard(...argv: readonly string[]): Promise<Outcome>
  /** Runs `run` on the customer's domain, back to its previous MX. */
  leave(...argv: readonly string[]): Promise<Outcome>
  /** Values of a set at the primary, as BIND prints them, sorted. */
  values(name: string, type: string): Promise<readonly string[]>
  /** All of a zone but its SOA, as BIND prints it, sorted: names, TTL and data to the byte. */
  zone(name?: string): Promise<readonly string[]>
  /** Grows with each change of a zone that is not signed. */
  serial(name?: string): Promise<number>
}

interface BindWorldOptions {
  /** By default one, of the customer. */
  readonly zones?: (mail: MailServer) => readonly BindZone[]
  readonly lagging?: boolean
  readonly hidden?: boolean
}

const run = promisify(execFile)

/** The command line of `run` that leaves the vendor. */
export const leaving: readonly string[] = [
  ...['run', '--platform', 'other', '--region', 'eu', '--dns', 'rfc2136', '--domain', customer.domain],
  ...['--previous-mx', customer.previousMx, '--vendor-txt', customer.vendorTxt],
]

async function transferred(port: number, zone: string): Promise<readonly string[]> {
  const { stdout } = await run('dig', [
    '-p',
    String(port),
    '@127.0.0.1',
    zone,
    'AXFR',
    '+onesoa',
    '+noall',
    '+answer',
  ])
  return stdout
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith(';') && !/\sIN\s+SOA\s/.test(line))
    .map((line) => line.replace(/[\t ]+/, ' '))
    .toSorted()
}

export async function openBindWorld(options: BindWorldOptions = {}): Promise<BindWorld> {
  const { zones = ({ address }) => [customerZone({ address })], lagging = false, hidden = false } = options
  const mail = await startMailServer()
  const bind = await startBind({ zones: zones(mail), lagging, hidden })
  const folder = mkdtempSync(join(tmpdir(), 'offboard-bind-world-'))
  const clock = quickClock()
  const updates: Buffer[] = []
  let decide: (update: Buffer) => ReturnType<Intercept> = () => 'pass'
  bind.primary.intercept((message) => {
    if (!isUpdate(message)) return 'pass'
    updates.push(Buffer.from(message))
    return decide(message)
  })
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    OFFBOARD_DNS: bind.resolver,
    OFFBOARD_RFC2136_SERVER: bind.primary.server,
    OFFBOARD_RFC2136_KEY_FILE: bind.keys.permitted,
    OFFBOARD_SMTP_PORT: String(mail.port),
    OFFBOARD_STATE_DIR: join(folder, 'state'),
  }
  const offboard = (...argv: readonly string[]) => call(argv, { env, folder, clock })
  return {
    ...{ bind, mail, clock, env, folder, updates, offboard },
    onUpdate: (next) => {
      decide = next
    },
    leave: (...argv) => offboard(...leaving, ...argv),
    values: async (name, type) => (await bind.primary.read(name, type)).values.toSorted(),
    zone: (name = customer.domain) => transferred(bind.primary.ownPort, name),
    async serial(name = customer.domain) {
      const [soa = ''] = (await bind.primary.read(name, 'SOA')).values
      return Number(soa.split(' ')[2])
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([bind.close(), mail[Symbol.asyncDispose]()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
