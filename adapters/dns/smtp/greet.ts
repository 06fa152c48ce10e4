import { connect, isIPv6, type Socket } from 'node:net'
import { replies, SmtpDialogueError, type SmtpReply } from './replies.ts'

/** How one address of a mail server answers. `no-route`: this machine has no way to it. */
export interface Greeting {
  readonly state: 'answers' | 'no-starttls' | 'silent' | 'no-route'
  /** The first line of what it greets with. */
  readonly banner?: string
  readonly reason?: string
}

export interface GreetOptions {
  readonly port: number
  /** For the whole of it, in milliseconds. */
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

const longestBanner = 200
const noRoute: ReadonlySet<string> = new Set(['ENETUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EHOSTUNREACH'])

/**
 * Connects, waits to be greeted, asks with EHLO what is offered, and leaves with QUIT. No mail is sent and nothing is
 * encrypted. Rejects only with the signal's reason. RFC 5321, RFC 3207.
 */
export async function greet(address: string, { port, timeoutMs, signal }: GreetOptions): Promise<Greeting> {
  signal.throwIfAborted()
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
  const socket = connect({ host: address, port })
  const abort = () => socket.destroy(inTime.reason)
  inTime.addEventListener('abort', abort, { once: true })
  try {
    return await converse(socket)
  } catch (error) {
    signal.throwIfAborted()
    return failed(error)
  } finally {
    inTime.removeEventListener('abort', abort)
    socket.destroy()
  }
}

async function converse(socket: Socket): Promise<Greeting> {
  const said = replies(socket)
  const greeting = await next(said)
  const banner = shown(greeting)
  if (greeting.code !== 220) return { state: 'silent', banner, reason: `it greets with ${words(greeting)}` }
  socket.write(`EHLO ${literal(socket)}\r\n`)
  const offer = await next(said)
  socket.write('QUIT\r\n')
  if (offer.code !== 250) return { state: 'silent', banner, reason: `it answers EHLO with ${words(offer)}` }
  // What a server offers stands one on a line, below its name.
  if (offer.lines.slice(1).some((line) => /^STARTTLS\b/i.test(line))) return { state: 'answers', banner }
  return { state: 'no-starttls', banner, reason: 'it does not offer STARTTLS' }
}

async function next(said: AsyncGenerator<SmtpReply, void>): Promise<SmtpReply> {
  const { value } = await said.next()
  if (value === undefined) throw new SmtpDialogueError('it closed the connection')
  return value
}

/** Who has no name that others know gives the address. RFC 5321, section 4.1.4. */
function literal({ localAddress = '127.0.0.1' }: Socket): string {
  return isIPv6(localAddress) ? `[IPv6:${localAddress}]` : `[${localAddress}]`
}

function shown({ lines }: SmtpReply): string {
  return (lines[0] ?? '').replace(/[^\x20-\x7e]/g, '?').slice(0, longestBanner)
}

function words(reply: SmtpReply): string {
  return `${reply.code} ${shown(reply)}`.trim()
}

function failed(error: unknown): Greeting {
  if (error instanceof SmtpDialogueError) return { state: 'silent', reason: error.message }
  if (error instanceof DOMException) return { state: 'silent', reason: 'it did not answer in time' }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (noRoute.has(code)) return { state: 'no-route', reason: 'there is no way to it from this machine' }
  if (code === 'ECONNREFUSED') return { state: 'silent', reason: 'nothing listens there' }
  if (code === '') throw error
  return { state: 'silent', reason: `it could not be asked (${code})` }
}
