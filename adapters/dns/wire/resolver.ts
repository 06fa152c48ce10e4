import { getServers } from 'node:dns'
import type { Answer } from 'dns-packet'
import type { Attempt } from '../../../src/model/attempt.ts'
import { ServiceError } from '../../../src/model/errors.ts'
import { checkResolverAddress } from '../resolver-address.ts'
import { ask } from './ask.ts'
import { codeOf, type Question, responseCodes } from './message.ts'
import { type ServerAddress, toServerAddress } from './server-address.ts'

export interface ResolverOptions {
  /** 'address:port' each, as OFFBOARD_DNS names them; none: the system's. */
  readonly resolvers?: readonly string[]
  readonly attempt: Attempt
  readonly signal: AbortSignal
  /** For one packet, in milliseconds. 2 s by default. */
  readonly timeoutMs?: number
}

/** What a resolver knows of a name: every record of the answer, aliases on the way too. None: there is no such record. */
export interface Resolved {
  readonly exists: boolean
  readonly answers: readonly Answer[]
}

/** Asks the resolvers in their order. Throws a ServiceError when none knows, the signal's reason when it fires. */
export type Resolve = (question: Question) => Promise<Resolved>

/** Throws a UsageError that names OFFBOARD_DNS when a resolver is not an address. */
export function openResolver({
  resolvers = [],
  attempt,
  signal,
  timeoutMs = 2000,
}: ResolverOptions): Resolve {
  const checked = (resolvers.length > 0 ? resolvers : getServers()).map(checkResolverAddress)
  const servers = checked.map(toServerAddress)
  const options = { timeoutMs, signal, recursive: true }

  const once = async (question: Question): Promise<Resolved> => {
    let reason = 'this machine has no resolver'
    for (const server of servers) {
      const said = await askOne(server, question, options)
      if (typeof said !== 'string') return said
      reason = said
    }
    throw new ServiceError({ tried: `resolve the ${question.type} of ${question.name}`, said: reason })
  }

  return (question) => attempt('read', () => once(question))
}

const failures: Readonly<Record<number, string>> = {
  [responseCodes.serverFailure]: 'the name server failed (SERVFAIL)',
  [responseCodes.refused]: 'the name server refused to answer (REFUSED)',
}

async function askOne(
  server: ServerAddress,
  question: Question,
  options: Parameters<typeof ask>[2],
): Promise<Resolved | string> {
  const asked = await ask(server, question, options)
  if (asked.is !== 'reply') return `the resolver ${server.address}: ${asked.reason}`
  const code = codeOf(asked.reply)
  const exists = code === responseCodes.noError
  if (exists || code === responseCodes.noSuchName) return { exists, answers: asked.reply.answers ?? [] }
  return failures[code] ?? `the resolver ${server.address} answered with code ${code}`
}
