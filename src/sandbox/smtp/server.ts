import { createServer, type Socket } from 'node:net'
import type { DnsState } from '../tenant/state.ts'

/** How the mail servers on loopback answer. `silent`: the connection stays, and nothing is said. */
export type SmtpState = 'answers' | 'no-starttls' | 'silent'

export interface SmtpServer {
  readonly port: number
  close(): Promise<void>
}

const offers: Readonly<Record<Exclude<SmtpState, 'silent'>, string>> = {
  answers: '250-mail.contoso.com\r\n250-SIZE 36700160\r\n250-STARTTLS\r\n250 8BITMIME\r\n',
  'no-starttls': '250-mail.contoso.com\r\n250-SIZE 36700160\r\n250 8BITMIME\r\n',
}

/** Takes no mail: it greets, says what it offers, and says goodbye. */
function converse(socket: Socket, state: Exclude<SmtpState, 'silent'>): void {
  const answers: Readonly<Record<string, string>> = { EHLO: offers[state], QUIT: '221 2.0.0 Bye\r\n' }
  let line = ''
  socket.write('220 mail.contoso.com ESMTP\r\n')
  socket.on('data', (data) => {
    line += data.toString('latin1')
    const [whole = '', ...rest] = line.split('\r\n').reverse()
    line = whole
    for (const command of rest.reverse()) {
      const verb = command.split(' ')[0]?.toUpperCase() ?? ''
      socket.write(answers[verb] ?? '502 5.5.2 Command not recognized\r\n')
      if (verb === 'QUIT') socket.end()
    }
  })
}

/** Every mail server of the sandbox, on loopback. Port 0 takes a free one. */
export function listenSmtp(state: () => DnsState, port: number): Promise<SmtpServer> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    const { smtp } = state()
    if (smtp !== 'silent') converse(socket, smtp)
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') throw new TypeError('no port')
      resolve({
        port: address.port,
        async close() {
          for (const socket of sockets) socket.destroy()
          await new Promise((done) => server.close(done))
        },
      })
    })
  })
}
