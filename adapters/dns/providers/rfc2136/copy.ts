import type { Answer, DecodedPacket } from 'dns-packet'
import { NotFoundError, PermissionError, ServiceError, TenantError } from '../../../../src/model/errors.ts'
import { readSet } from '../../authority/server-answer.ts'
import type { RecordSetKey } from '../../record-set.ts'
import { ask } from '../../wire/ask.ts'
import { codeOf, isName, type Question, responseCodes } from '../../wire/message.ts'
import type { ServerAddress } from '../../wire/server-address.ts'
import type { ProvidedZone, VersionedRecordSet } from '../provider.ts'

interface CopyOptions {
  /** For one packet, in milliseconds. */
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/** The copy of its zones that one server has. It answers questions, and there is no way to write through it. */
export interface Copy {
  zone(name: string): Promise<ProvidedZone>
  read(key: RecordSetKey): Promise<VersionedRecordSet>
  /** 'unknown': a server below it holds the name. */
  address(host: string): Promise<'found' | 'none' | 'alias' | 'unknown'>
}

export function copyAt(server: ServerAddress, options: CopyOptions): Copy {
  const where = `the server ${server.address} (port ${server.port})`

  const answer = async (question: Question, tried: string): Promise<DecodedPacket> => {
    const asked = await ask(server, question, { ...options, recursive: false })
    if (asked.is === 'reply') return asked.reply
    throw new ServiceError({
      tried,
      said: asked.reason,
      hint: 'Check that the server runs, its address and port (UDP and TCP), and a firewall between.',
    })
  }

  const zoneNamed = async (name: string, tried: string): Promise<ProvidedZone> => {
    const soa = await answer({ name, type: 'SOA' }, tried)
    if (!isHeld(soa, name)) {
      throw new NotFoundError({
        tried,
        said: 'the server does not hold the zone',
        hint: 'Check the name of the zone, and that OFFBOARD_RFC2136_SERVER names its primary.',
      })
    }
    const { answers = [] } = await answer({ name, type: 'NS' }, tried)
    return { name, nameServers: answers.flatMap((record) => nameServer(record, name)).toSorted() }
  }

  return {
    zone: (name) => zoneNamed(name, `find the zone ${name} at ${where}`),
    async read(key) {
      const { name, type } = key
      const tried = `read the ${type} records of ${name} at ${where}`
      const reply = await answer({ name, type }, tried)
      checkAnswered(reply, tried)
      const { state, ttl, values, reason = '' } = readSet(reply, name, type)
      if (state !== 'answered') throw new TenantError({ tried, said: reason })
      return { key, ttl, values, version: JSON.stringify(values) }
    },
    async address(host) {
      const tried = `look for the address of ${host} at ${where}`
      for (const type of ['A', 'AAAA'] as const) {
        const reply = await answer({ name: host, type }, tried)
        const { answers = [] } = reply
        if (!reply.flag_aa) return 'unknown'
        if (answers.some((record) => record.type === 'CNAME' || record.type === 'DNAME')) return 'alias'
        if (answers.some((record) => record.type === type)) return 'found'
      }
      return 'none'
    },
  }
}

function isHeld(reply: DecodedPacket, zone: string): boolean {
  const { answers = [], flag_aa: isAuthoritative } = reply
  if (codeOf(reply) === responseCodes.serverFailure) {
    throw new ServiceError({ tried: `find the zone ${zone}`, said: 'the server failed (SERVFAIL)' })
  }
  return isAuthoritative && answers.some((record) => record.type === 'SOA' && isName(record.name, zone))
}

function checkAnswered(reply: DecodedPacket, tried: string): void {
  const code = codeOf(reply)
  if (code === responseCodes.refused) {
    throw new PermissionError({
      tried,
      said: 'the server refused to answer (REFUSED)',
      hint: 'Allow queries from this machine (allow-query), and check that the server holds the zone.',
    })
  }
  if (code !== responseCodes.noError && code !== responseCodes.noSuchName) {
    throw new ServiceError({ tried, said: `the server failed (code ${code})` })
  }
}

function nameServer(record: Answer, zone: string): readonly string[] {
  const isOurs = record.type === 'NS' && isName(record.name, zone) && typeof record.data === 'string'
  return isOurs ? [record.data.toLowerCase().replace(/\.$/, '')] : []
}
