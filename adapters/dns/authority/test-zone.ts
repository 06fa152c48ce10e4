import type { Answer } from 'dns-packet'
import { afterEach } from 'vitest'
import type { Attempt } from '../../../src/model/attempt.ts'
import { type Asking, type NameServer, type Reply, startNameServer } from '../name-server.ts'
import { type AuthorityOptions, openAuthority } from './open.ts'

const once: Attempt = (_, request) => request()
const running: NameServer[] = []

afterEach(async () => {
  for (const server of running.splice(0)) await server.close()
})

export async function start(
  reply: (asking: Asking, times: number) => Reply,
  at: { host?: string; port?: number } = {},
): Promise<NameServer> {
  const server = await startNameServer((_, times, asking) => reply(asking, times), at)
  running.push(server)
  return server
}

export function portOf({ address }: NameServer): number {
  return Number(address.split(':').at(-1))
}

export const at = (name: string, data: string, type: 'A' | 'AAAA' | 'NS' | 'CNAME'): Answer => ({
  name,
  type,
  data,
})
export const soa = (name: string, serial: number, mname = 'hidden.example.net'): Answer => ({
  name,
  type: 'SOA',
  data: { mname, rname: 'hostmaster.example.net', serial, refresh: 1, retry: 1, expire: 1, minimum: 1 },
})
export const mx = (name: string, preference: number, exchange: string, ttl = 3600): Answer => ({
  name,
  type: 'MX',
  ttl,
  data: { preference, exchange },
})

/** What the resolver knows: a zone with its servers and their addresses. */
export const world: readonly Answer[] = [
  soa('example.com', 1),
  at('example.com', 'NS1.Example.net.', 'NS'),
  at('example.com', 'ns2.example.net', 'NS'),
  at('ns1.example.net', '127.0.0.1', 'A'),
  at('ns2.example.net', '127.0.0.2', 'A'),
]

export function resolving(records: readonly Answer[]): (asking: Asking) => Reply {
  return ({ name, type }) => {
    const exists = records.some((record) => record.name === name || record.name.endsWith(`.${name}`))
    return {
      rcode: exists ? 0 : 3,
      answers: records.filter((record) => record.name === name && [type, 'CNAME'].includes(record.type)),
    }
  }
}

export async function open(
  records: readonly Answer[],
  authorityPort: number,
  options: Partial<AuthorityOptions> = {},
) {
  const resolver = await start(resolving(records))
  return openAuthority({
    resolvers: [resolver.address],
    attempt: once,
    signal: new AbortController().signal,
    timeoutMs: 100,
    authorityPort,
    ...options,
  })
}

export const authoritative = (...answers: Answer[]): Reply => ({ rcode: 0, authoritative: true, answers })

/** Two servers of one zone, at two addresses and one port. */
export async function pair(one: (asking: Asking, times: number) => Reply, other: typeof one = one) {
  const first = await start(one)
  const second = await start(other, { host: '127.0.0.2', port: portOf(first) })
  return { first, second, port: portOf(first) }
}
