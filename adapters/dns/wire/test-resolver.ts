import type { Answer } from 'dns-packet'
import type { Attempt } from '../../../src/model/attempt.ts'
import { type NameServer, startNameServer } from '../name-server.ts'
import { openResolver } from './resolver.ts'

interface KnownName {
  readonly rcode?: number
  readonly cname?: string
  readonly a?: readonly string[]
  readonly aaaa?: readonly string[]
  readonly txt?: readonly (readonly string[])[]
}

const once: Attempt = (_, request) => request()
const running: NameServer[] = []

/** A resolver on loopback that knows these names, for tests, and what asks it. */
export async function openResolverAt(world: Readonly<Record<string, KnownName>>) {
  const server = await startNameServer((name, _, { type }) => {
    const known = world[name]
    if (known === undefined) return { rcode: 3 }
    const alias: readonly Answer[] =
      known.cname === undefined ? [] : [{ name, type: 'CNAME', data: known.cname }]
    const addresses = [
      ...(type === 'A' ? (known.a ?? []).map((data): Answer => ({ name, type, data })) : []),
      ...(type === 'AAAA' ? (known.aaaa ?? []).map((data): Answer => ({ name, type, data })) : []),
    ]
    const txt = type === 'TXT' ? (known.txt ?? []) : []
    return { rcode: known.rcode ?? 0, answers: [...alias, ...addresses], txt }
  })
  running.push(server)
  const { signal } = new AbortController()
  const resolve = openResolver({ resolvers: [server.address], attempt: once, signal, timeoutMs: 500 })
  return { server, resolve, signal }
}

export async function stop(): Promise<void> {
  for (const server of running.splice(0)) await server.close()
}
