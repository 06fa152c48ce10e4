import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import https, { createServer, type RequestOptions } from 'node:https'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { openssl } from '../../../src/auth/test-certificates.ts'
import { temporaryFolder } from '../../../src/config/temporary-folder.ts'

/** Serves the MTA-STS policy of one domain over HTTPS, at 127.0.0.1. */
export interface PolicyServer extends AsyncDisposable {
  readonly address: string
  /** Without one its host answers 404. */
  publish(policy: string | undefined): void
}

const address = '127.0.0.1'

function certificateFor(host: string): { readonly cert: string; readonly key: string } {
  using folder = temporaryFolder()
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc']
  const files = ['-keyout', 'k.pem', '-out', 'c.pem']
  const names = ['-subj', '/CN=test', '-addext', `subjectAltName=DNS:${host}`]
  openssl(folder, ['req', '-x509', ...curve, ...files, ...names, '-days', '2'])
  const read = (name: string) => readFileSync(join(folder.path, name), 'utf8')
  return { cert: read('c.pem'), key: read('k.pem') }
}

/**
 * The port of HTTPS is not ours to listen at, and nobody trusts our certificate: until the end, requests of this process
 * go to this server's port and trust it. All else of them is as it is.
 */
export async function startPolicyServer(domain: string): Promise<PolicyServer> {
  const { cert, key } = certificateFor(`mta-sts.${domain}`)
  let policy: string | undefined
  const server = createServer({ cert, key }, ({ url }, response) => {
    const isThere = url === '/.well-known/mta-sts.txt' && policy !== undefined
    response.writeHead(isThere ? 200 : 404, { 'content-type': 'text/plain' }).end(isThere ? policy : '')
  })
  server.listen(0, address)
  await once(server, 'listening')
  const place = server.address()
  const port = typeof place === 'object' && place !== null ? place.port : 0
  const { request } = https
  const redirected = (options: RequestOptions) => request({ ...options, port, ca: cert })
  Object.assign(https, { request: redirected })
  syncBuiltinESMExports()
  return {
    address,
    publish(next) {
      policy = next
    },
    async [Symbol.asyncDispose]() {
      Object.assign(https, { request })
      syncBuiltinESMExports()
      server.closeAllConnections()
      server.close()
    },
  }
}
