import type { DecodedPacket } from 'dns-packet'
import { mapLimited } from '../map-limited.ts'
import type { RecordType } from '../record-set.ts'
import { ask } from '../wire/ask.ts'
import type { Question } from '../wire/message.ts'
import { openResolver, type ResolverOptions } from '../wire/resolver.ts'
import { type DelegatedZone, findDelegation } from './delegation.ts'
import { readSerial, readSet, type SerialAnswer, type SetAnswer, unreadable } from './server-answer.ts'

export interface AuthorityOptions extends ResolverOptions {
  /** On which port authoritative servers are asked. 53 by default. */
  readonly authorityPort?: number
}

interface FromServer {
  /** Lower case, without the dot at the end. */
  readonly name: string
  /** The address that was asked; empty when the server's name has none. */
  readonly address: string
}

/** What one address of one authoritative server has. */
export type ServerSet = FromServer & SetAnswer
export type ServerSerial = FromServer & SerialAnswer

/** Zones, as the servers have them that the world is led to. Caches of resolvers have no part in it. */
export interface Authority {
  /** As `findDelegation`. */
  zone(domain: string, given?: string): Promise<DelegatedZone>
  /** One entry for each address. Rejects only with the signal's reason. */
  read(zone: DelegatedZone, name: string, type: RecordType): Promise<readonly ServerSet[]>
  /** One entry for each address. Rejects only with the signal's reason. */
  serials(zone: DelegatedZone): Promise<readonly ServerSerial[]>
}

const atATime = 8

/** Throws a UsageError that names OFFBOARD_DNS when a resolver is not an address. */
export function openAuthority({ authorityPort = 53, ...options }: AuthorityOptions): Authority {
  const resolve = openResolver(options)
  const { signal, timeoutMs = 2000 } = options

  const askAll = async <Answer>(
    { servers }: DelegatedZone,
    question: Question,
    read: (reply: DecodedPacket) => Answer,
    otherwise: (reason: string, state?: 'no-route' | 'unreadable') => Answer,
  ) =>
    mapLimited(servers, atATime, async ({ name, address, reason = '' }) => {
      if (address === undefined) return { name, address: '', ...otherwise(reason) }
      const server = { address, port: authorityPort }
      const asked = await ask(server, question, { timeoutMs, signal, recursive: false })
      if (asked.is === 'reply') return { name, address, ...read(asked.reply) }
      return { name, address, ...otherwise(asked.reason, asked.is === 'no-route' ? asked.is : 'unreadable') }
    })

  return {
    zone: (domain, given) => findDelegation(resolve, domain, given),
    read: (zone, name, type) =>
      askAll(zone, { name, type }, (reply) => readSet(reply, name, type), unreadable),
    serials: (zone) =>
      askAll(
        zone,
        { name: zone.name, type: 'SOA' },
        (reply) => readSerial(reply, zone.name),
        (reason, state = 'unreadable'): SerialAnswer => ({ state, reason }),
      ),
  }
}
