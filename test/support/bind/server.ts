import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type DigAnswer, dig } from './dig.ts'
import { type Intercept, relay } from './relay.ts'

/** One running BIND, behind an address of its own. */
export interface BindServer {
  readonly address: string
  /** 'address:port' */
  readonly server: string
  /** Where BIND itself listens, at 127.0.0.1. */
  readonly ownPort: number
  start(): Promise<void>
  /** Ends it in order; what it knows is on the disk. */
  stop(): Promise<void>
  /** Ends it at once (SIGKILL). */
  kill(): Promise<void>
  /** Decides what becomes of the messages that come to its address. All pass by default. */
  intercept(decide: Intercept): void
  /** The set as BIND itself answers it now, asked by `dig` past `intercept`. */
  read(name: string, type: string): Promise<DigAnswer>
}

export interface ServerOptions {
  readonly folder: string
  readonly address: string
  readonly port: number
  readonly ownPort: number
  /** Statements after the options: keys and zones. */
  readonly config: string
  /** Zone files by name, written once. */
  readonly files: Readonly<Record<string, string>>
  /** Asked for their SOA until it answers. */
  readonly zones: readonly string[]
}

const program = '/usr/sbin/named'
const startMs = 20_000

/** No control channel, no files outside its folder, and nobody is asked but itself. */
function options({ folder, ownPort }: ServerOptions): string {
  return `options {
  directory "${folder}";
  pid-file "${join(folder, 'named.pid')}";
  session-keyfile none;
  lock-file none;
  managed-keys-directory "${folder}";
  listen-on port ${ownPort} { 127.0.0.1; };
  listen-on-v6 { none; };
  recursion no;
  dnssec-validation no;
  empty-zones-enable no;
  allow-query { any; };
  allow-transfer { any; };
  allow-notify { any; };
  notify explicit;
  notify-delay 0;
  notify-rate 100;
  serial-query-rate 100;
  max-refresh-time 86400;
  request-ixfr yes;
};
controls { };
`
}

/** Ends a server when this process ends in whatever way: a test that was cut off leaves nothing behind. */
function watch(server: ChildProcess): void {
  const script = `read -r _; kill -KILL ${server.pid}`
  const watcher = spawn('sh', ['-c', script], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  watcher.unref()
  server.once('exit', () => watcher.kill('SIGKILL'))
}

/** Writes the configuration and the zones; nothing runs yet. */
export function prepareServer(given: ServerOptions): BindServer {
  const { folder, address, port, ownPort, config, files, zones } = given
  const log = join(folder, 'named.log')
  const conf = join(folder, 'named.conf')
  mkdirSync(folder, { recursive: true })
  writeFileSync(conf, options(given) + config, { mode: 0o600 })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  let child: ChildProcess | undefined
  let decide: Intercept = () => 'pass'
  const front = relay({ address, port }, { address: '127.0.0.1', port: ownPort }, (...sent) =>
    decide(...sent),
  )

  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    const running = child
    child = undefined
    await front.close()
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return
    const ended = once(running, 'exit')
    running.kill(signal)
    await ended
  }

  const isUp = async () => {
    const serials = await Promise.all(zones.map((zone) => dig(ownPort, zone, 'SOA')))
    return serials.every(({ values }) => values.length > 0)
  }

  return {
    address,
    server: `${address}:${port}`,
    ownPort,
    async start() {
      const out = openSync(log, 'a')
      const started = spawn(program, ['-g', '-n', '1', '-c', conf], { stdio: ['ignore', out, out] })
      child = started
      watch(started)
      const until = Date.now() + startMs
      while (!(await isUp())) {
        if (started.exitCode !== null || Date.now() > until) {
          throw new Error(`BIND did not start:\n${readFileSync(log, 'utf8').slice(-4000)}`)
        }
        await sleep(50)
      }
      await front.open()
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    intercept: (next) => {
      decide = next
    },
    read: (name, type) => dig(ownPort, name, type),
  }
}
