import type { Socket } from 'node:net'

/** What the other side said is no SMTP, or it said too much, or nothing. */
export class SmtpDialogueError extends Error {}

/** One reply: all its lines, without code and line ends. RFC 5321, section 4.2. */
export interface SmtpReply {
  readonly code: number
  readonly lines: readonly string[]
}

/** In bytes, for all that one server says. */
const largest = 16_384

/** Reads the replies that come over a connection, one after the other, lines in several packets put together. */
export async function* replies(socket: Socket): AsyncGenerator<SmtpReply, void> {
  let text = ''
  let size = 0
  let lines: string[] = []
  for await (const chunk of socket) {
    const part = Buffer.from(chunk).toString('latin1')
    size += part.length
    if (size > largest) throw new SmtpDialogueError('it says more than a mail server does')
    const whole = (text + part).split(/\r?\n/)
    text = whole.pop() ?? ''
    for (const line of whole) {
      const { code, more, words } = toLine(line)
      lines.push(words)
      if (more) continue
      yield { code, lines }
      lines = []
    }
  }
}

function toLine(line: string): { readonly code: number; readonly more: boolean; readonly words: string } {
  const [, code, mark, words = ''] = /^(\d{3})(?:([ -])(.*))?$/.exec(line) ?? []
  if (code === undefined)
    throw new SmtpDialogueError(`what it says is no SMTP: ${JSON.stringify(line.slice(0, 80))}`)
  return { code: Number(code), more: mark === '-', words }
}
