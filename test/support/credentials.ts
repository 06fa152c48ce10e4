import { createServer } from 'node:http'
import { encryptKey, makeCertificate } from '../../src/auth/test-certificates.ts'
import { type TemporaryFolder, temporaryFolder } from '../../src/config/temporary-folder.ts'

/** In every credential. Long enough to be no accident, and in no file of the program. */
const canary = 'cAnArY7Zq9wKx3v'

/** One way to sign in, with what must be found nowhere. */
export interface Credential extends AsyncDisposable {
  readonly auth: string
  readonly env: Readonly<Record<string, string>>
  readonly secrets: readonly string[]
}

const AZURE_CLIENT_ID = '6a000000-0000-4000-8000-000000000001'

function jwt(subject: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none' })}.${part({ sub: subject, exp: 4_102_444_800 })}.${canary}`
}

/** The lines of a private key, but for its first and last, which every key has. */
function keyLines(pem: string): readonly string[] {
  return pem.split('\n').filter((line) => line.length > 40 && !line.startsWith('-----'))
}

function given(
  auth: string,
  env: Readonly<Record<string, string>>,
  secrets: readonly string[] = [],
  close: () => unknown = () => {},
): Credential {
  return { auth, env, secrets: [canary, ...secrets], [Symbol.asyncDispose]: async () => void (await close()) }
}

function secret(value: string): Credential {
  return given('secret', { AZURE_CLIENT_ID, AZURE_CLIENT_SECRET: value })
}

function certificate(folder: TemporaryFolder, password: string): Credential {
  const { certificate: pem, key } = makeCertificate(folder)
  const path = folder.write('both.pem', `${pem}${encryptKey(folder, key, canary)}`)
  return given(
    'certificate',
    {
      AZURE_CLIENT_ID,
      AZURE_CLIENT_CERTIFICATE_PATH: path,
      AZURE_CLIENT_CERTIFICATE_PASSWORD: password,
    },
    keyLines(key),
    () => folder[Symbol.dispose](),
  )
}

function federated(folder: TemporaryFolder, content: string): Credential {
  const env = { AZURE_CLIENT_ID, AZURE_FEDERATED_TOKEN_FILE: folder.write('federated', content) }
  return given('federated', env, content.split('.').slice(1), () => folder[Symbol.dispose]())
}

/** A job of GitHub Actions, whose token service answers so. */
async function github(status: number, answer: object): Promise<Credential> {
  const server = createServer((_, response) => response.writeHead(status).end(JSON.stringify(answer)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : ''
  return given(
    'federated',
    {
      AZURE_CLIENT_ID,
      ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${port}/token?api-version=2`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: canary,
    },
    [jwt('github').split('.')[1] ?? ''],
    () => server.close(),
  )
}

function token(value: string): Credential {
  return given('token', { OFFBOARD_EXCHANGE_TOKEN: value }, value.split('.').slice(1))
}

/** Credentials that the sandbox takes. `issued` is a token of its own. */
export const accepted = {
  'a client secret': async () => secret(canary),
  'a certificate and its password': async () => certificate(temporaryFolder(), canary),
  'a federated token file': async () => federated(temporaryFolder(), jwt('file')),
  'a job of GitHub Actions': async () => github(200, { value: jwt('github') }),
  'an access token': async (issued: string) => token(issued),
} satisfies Record<string, (issued: string) => Promise<Credential>>

/** Credentials with which nothing can be done. */
export const refused = {
  'a wrong client secret': async () => secret(`wrong-${canary}`),
  'a wrong password': async () => certificate(temporaryFolder(), `${canary}-wrong`),
  'a federated token that is none': async () => federated(temporaryFolder(), canary),
  'a job without the permission': async () => github(403, { message: `no: ${canary}` }),
  'a token service that answers something else': async () => github(200, { token: canary }),
  'an access token of nobody': async () => token(jwt('nobody')),
} satisfies Record<string, () => Promise<Credential>>

/** Credentials of systems that are not used: they are in the environment all the same. */
export const bystanders = {
  OFFBOARD_XRAY_TOKEN: canary,
  OFFBOARD_XRAY_ORGANIZATION: '48213',
  OFFBOARD_GRAPH_TOKEN: canary,
  OFFBOARD_GOOGLE_TOKEN: canary,
  OFFBOARD_DATABASE_URL: `postgres://someone:${canary}@127.0.0.1/offboard`,
}
