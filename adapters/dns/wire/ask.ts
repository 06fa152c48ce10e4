import type { DecodedPacket } from 'dns-packet'
import { codeOf, type Question, responseCodes, toQuery } from './message.ts'
import type { ServerAddress } from './server-address.ts'
import { MalformedReplyError, overTcp, overUdp } from './transport.ts'

export interface AskOptions {
  /** For one packet, in milliseconds. */
  readonly timeoutMs: number
  readonly signal: AbortSignal
  /** Whether the server is to ask others. */
  readonly recursive: boolean
}

/** What one server said. `no-route`: this machine has no way to it, which says nothing of the server. */
export type Asked =
  | { readonly is: 'reply'; readonly reply: DecodedPacket }
  | { readonly is: 'no-answer' | 'no-route'; readonly reason: string }

const noRoute: ReadonlySet<string> = new Set(['ENETUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EHOSTUNREACH'])

/** A packet may get lost, and a few servers drop what has EDNS in it: the second try is without. */
const tries = [{ extended: true }, { extended: false }] as const

/** Asks one server, over TCP too when the answer does not fit. Rejects only with the signal's reason. */
export async function ask(server: ServerAddress, question: Question, options: AskOptions): Promise<Asked> {
  let last: Asked = { is: 'no-answer', reason: 'it was not asked' }
  for (const { extended } of tries) {
    last = await askOnce(server, question, extended, options)
    if (last.is === 'no-route' || (last.is === 'reply' && !isDisliked(last.reply))) return last
  }
  return last
}

/** A server that does not know EDNS says so, or that the format is wrong. */
function isDisliked(reply: DecodedPacket): boolean {
  const code = codeOf(reply)
  return code === responseCodes.formatError || code === responseCodes.notImplemented
}

async function askOnce(
  server: ServerAddress,
  question: Question,
  extended: boolean,
  { timeoutMs, signal, recursive }: AskOptions,
): Promise<Asked> {
  const query = toQuery(question, { recursive, extended })
  const inTime = () => AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
  try {
    const short = await overUdp(server, query, inTime())
    const reply = short === 'cut' ? await overTcp(server, query, inTime()) : short
    return { is: 'reply', reply }
  } catch (error) {
    signal.throwIfAborted()
    return failed(error)
  }
}

function failed(error: unknown): Asked {
  if (error instanceof MalformedReplyError) return { is: 'no-answer', reason: error.message }
  if (error instanceof DOMException) return { is: 'no-answer', reason: 'it did not answer in time' }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (noRoute.has(code)) return { is: 'no-route', reason: 'there is no way to it from this machine' }
  if (code === 'ECONNREFUSED') return { is: 'no-answer', reason: 'nothing listens there' }
  if (code === '') throw error
  return { is: 'no-answer', reason: `it could not be asked (${code})` }
}
