import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import { googleAccount } from '../../src/sandbox/google/account.ts'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** PEM, of no service account. */
export const privateKeyPem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()

/** The key of the service account that the sandbox knows, for a test. */
export const serviceAccountKey = {
  type: 'service_account',
  project_id: 'contoso-offboarding',
  private_key_id: 'f1e2d3',
  private_key: privateKeyPem,
  client_email: googleAccount.serviceAccount,
  client_id: googleAccount.serviceAccountClientId,
  token_uri: 'https://elsewhere.example/token',
}

/** The file of the administrator who signed in to the sandbox. */
export const administratorKey = {
  type: 'authorized_user',
  client_id: googleAccount.oauthClientId,
  client_secret: 'GOCSPX-canary-secret',
  refresh_token: googleAccount.refreshToken,
}

/** A token service that refuses, and repeats all that it was sent. */
export async function serveEcho(): Promise<
  AsyncDisposable & { readonly url: URL; readonly paths: readonly string[] }
> {
  const paths: string[] = []
  const server = createServer(async (request, response) => {
    paths.push(request.url ?? '')
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk))
    const form = decodeURIComponent(Buffer.concat(chunks).toString())
    const body = { error: 'invalid_grant', error_description: `what about ${form}` }
    response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : ''
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    paths,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
