import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type KeyFiles, makeKeys, permittedKey } from './bind/keys.ts'
import { notify } from './bind/notify.ts'
import { freePort } from './bind/ports.ts'
import { type BindServer, prepareServer } from './bind/server.ts'
import { update } from './bind/update.ts'
import { type BindRecordSet, type BindZone, zoneFile } from './bind/zone.ts'

interface BindOptions {
  readonly zones: readonly BindZone[]
  /** The second name server learns of changes by `transfer()` alone. */
  readonly lagging?: boolean
  /** The primary is none of the name servers: both are secondaries. */
  readonly hidden?: boolean
}

/**
 * Real BIND servers on loopback, each at an address of its own and all on one port: a primary, the name servers of its
 * zones, and one that answers for all zones in place of a resolver.
 */
export interface Bind {
  readonly port: number
  /** 'address:port', for OFFBOARD_DNS. It knows every zone here; other names do not exist. */
  readonly resolver: string
  /** Takes updates. One of `nameServers`, unless it is hidden. */
  readonly primary: BindServer
  /** ns1.servers.test and ns2.servers.test. */
  readonly nameServers: readonly [BindServer, BindServer]
  readonly keys: KeyFiles
  /** Of the keys: no output may hold them. */
  readonly secrets: readonly string[]
  /** Somebody else writes a set, at the primary; without values it goes. */
  write(zone: string, set: BindRecordSet): Promise<void>
  /** Has all secondaries fetch the zone now, and waits until they have what the primary has. */
  transfer(zone: string): Promise<void>
  close(): Promise<void>
}

const serversZone = 'servers.test'
const hosts = ['ns1', 'ns2'].map((name) => `${name}.${serversZone}`)

/** A port that was free a moment ago may be another program's by now. */
const tries = 5

/** Starts what a test needs and waits until all of it answers. */
export async function startBind(options: BindOptions): Promise<Bind> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(options)
    } catch (error) {
      if (attempt === tries) throw error
    }
  }
}

async function startOnce({ zones, lagging = false, hidden = false }: BindOptions): Promise<Bind> {
  const folder = mkdtempSync(join(tmpdir(), 'offboard-bind-'))
  const keys = makeKeys(folder)
  const port = await freePort()
  const network = `127.${randomInt(1, 255)}.${randomInt(1, 255)}`
  const primaryPort = await freePort()
  const [firstHost, secondHost] = hidden ? [2, 3] : [1, 2]
  const address = (host: number) => `${network}.${host}`
  const addressOf = (name: string, host: number) => ({ name, type: 'A', ttl: 3600, values: [address(host)] })
  const [ns1Name = '', ns2Name = ''] = hosts
  const sets = [addressOf(ns1Name, firstHost), addressOf(ns2Name, secondHost)]
  const all: readonly BindZone[] = [...zones, { name: serversZone, sets, fixed: true }]

  const secondary = async (
    label: string,
    host: number,
    more: Partial<{ config: string; files: Files }> = {},
  ) =>
    prepareServer({
      port,
      zones: all.map(({ name }) => name),
      folder: join(folder, label),
      address: address(host),
      ownPort: await freePort(),
      config: all.map((zone) => secondaryZone(zone, primaryPort)).join('') + (more.config ?? ''),
      files: more.files ?? {},
    })
  const resolver = await secondary('resolver', 4, {
    config: 'zone "." { type primary; file "root.zone"; };\n',
    files: { 'root.zone': zoneFile({ name: '', sets }, hosts) },
  })
  const hiddenFrom = hidden ? await secondary('ns1', firstHost) : undefined
  const ns2 = await secondary('ns2', secondHost)
  const told = [resolver, hiddenFrom, lagging ? undefined : ns2].flatMap((server) => server?.ownPort ?? [])
  const primary = prepareServer({
    port,
    zones: all.map(({ name }) => name),
    folder: join(folder, 'primary'),
    address: address(1),
    ownPort: primaryPort,
    config: keys.config + all.map((zone) => primaryZone(zone, told)).join(''),
    files: Object.fromEntries(all.map((zone) => [fileOf(zone), zoneFile(zone, hosts)])),
  })
  const secondaries = [resolver, ns2, ...(hiddenFrom === undefined ? [] : [hiddenFrom])]

  const transfer = (zone: string) =>
    until(() => isTransferred(primary, secondaries, zone), 'to transfer a zone')
  const close = async () => {
    await Promise.all([primary, ...secondaries].map((server) => server.kill()))
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await primary.start()
    await until(() => areSigned(primary, zones), 'to sign a zone')
    await Promise.all(secondaries.map((server) => server.start()))
  } catch (error) {
    await close()
    throw error
  }

  return {
    port,
    resolver: resolver.server,
    primary,
    nameServers: [hiddenFrom ?? primary, ns2],
    keys: keys.files,
    secrets: keys.secrets,
    write: async (zone, set) => {
      await update(primaryPort, keys.files.permitted, zone, set)
      if (!lagging) await transfer(zone)
    },
    transfer,
    close,
  }
}

type Files = Readonly<Record<string, string>>

function fileOf({ name }: BindZone): string {
  return `${name}.zone`
}

function primaryZone(zone: BindZone, told: readonly number[]): string {
  const { name, signed = false, fixed = false } = zone
  const statements = [
    'type primary;',
    `file "${fileOf(zone)}";`,
    fixed ? '' : `update-policy { grant ${permittedKey} zonesub ANY; };`,
    signed ? 'dnssec-policy default; inline-signing no;' : '',
    `also-notify { ${told.map((port) => `127.0.0.1 port ${port};`).join(' ')} };`,
  ]
  return `zone "${name}" { ${statements.join(' ')} };\n`
}

function secondaryZone(zone: BindZone, primaryPort: number): string {
  const { name } = zone
  return `zone "${name}" { type secondary; file "${fileOf(zone)}"; primaries { 127.0.0.1 port ${primaryPort}; }; };\n`
}

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + 15_000
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`BIND takes too long ${what}`)
    await sleep(50)
  }
}

async function areSigned(server: BindServer, zones: readonly BindZone[]): Promise<boolean> {
  const signed = zones.filter((zone) => zone.signed === true)
  const found = await Promise.all(signed.map(({ name }) => server.read(name, 'NSEC')))
  return found.every(({ values }) => values.length > 0)
}

async function isTransferred(
  primary: BindServer,
  secondaries: readonly BindServer[],
  zone: string,
): Promise<boolean> {
  const wanted = (await primary.read(zone, 'SOA')).values[0]
  const has = await Promise.all(secondaries.map((server) => server.read(zone, 'SOA')))
  const behind = secondaries.filter((_, index) => has[index]?.values[0] !== wanted)
  await Promise.all(behind.map(({ ownPort }) => notify(ownPort, zone)))
  return behind.length === 0
}
