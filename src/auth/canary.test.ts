import { createServer } from 'node:http'
import { inspect } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readEnvironment } from '../config/environment.ts'
import { temporaryFolder } from '../config/temporary-folder.ts'
import { variables } from '../config/variables.ts'
import { OffboardError } from '../model/errors.ts'
import { createScrubber } from './scrub.ts'
import { encryptKey, makeCertificate } from './test-certificates.ts'
import { tokenSource } from './token-source.ts'

/** With characters that JSON, URLs and forms write in another way. */
const canary = 'CANARY-ü"\\ /+&=%-CANARY'
const jwt = `${['{"alg":"none"}', '{"sub":"CANARY"}', 'CANARY'].map((part) => Buffer.from(part).toString('base64url')).join('.')}`
const spellings = ['CANARY', Buffer.from('CANARY').toString('base64url'), jwt.split('.')[1] ?? '']

const folder = temporaryFolder()
const { certificate, key } = makeCertificate(folder)
const files = {
  locked: folder.write('locked.pem', certificate + encryptKey(folder, key, canary)),
  other: folder.write('other.pem', certificate + encryptKey(folder, key, 'other')),
  assertion: folder.write('assertion', jwt),
}

/** Ways in which a service may repeat what it was sent. */
const repeats: Readonly<Record<string, (sent: string) => string>> = {
  plain: (sent) => sent,
  json: (sent) => JSON.stringify(sent),
  form: (sent) => new URLSearchParams({ sent }).toString(),
  uri: (sent) => encodeURIComponent(sent),
  base64: (sent) => Buffer.from(sent).toString('base64'),
  outage: (sent) => sent,
}

/** Refuses everything, and repeats the credential that it was sent, in the way that the path names. */
const echo = createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  const form = new URLSearchParams(Buffer.concat(chunks).toString())
  const sent =
    form.get('client_secret') ?? form.get('client_assertion') ?? request.headers.authorization ?? ''
  const way = request.url?.split('/')[1] ?? ''
  const description = `AADSTS50000: what about ${repeats[way]?.(sent)}`
  response.writeHead(way === 'outage' ? 503 : 401, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ error: 'invalid_client', error_description: description }))
})
let root = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve))
  const address = echo.address()
  root = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
})
afterAll(() => {
  echo.close()
  folder[Symbol.dispose]()
})

const AZURE_CLIENT_ID = '11111111-2222-3333-4444-555555555555'
const inputs: readonly (readonly [string, () => Record<string, string>])[] = [
  ['a client secret', () => ({ AZURE_CLIENT_ID, AZURE_CLIENT_SECRET: canary })],
  [
    'the password of a certificate',
    () => ({
      AZURE_CLIENT_ID,
      AZURE_CLIENT_CERTIFICATE_PATH: files.locked,
      AZURE_CLIENT_CERTIFICATE_PASSWORD: canary,
    }),
  ],
  [
    'a wrong password of a certificate',
    () => ({
      AZURE_CLIENT_ID,
      AZURE_CLIENT_CERTIFICATE_PATH: files.other,
      AZURE_CLIENT_CERTIFICATE_PASSWORD: canary,
    }),
  ],
  ['the token of a file', () => ({ AZURE_CLIENT_ID, AZURE_FEDERATED_TOKEN_FILE: files.assertion })],
  [
    'the token of a GitHub job',
    () => ({
      AZURE_CLIENT_ID,
      ACTIONS_ID_TOKEN_REQUEST_URL: `${root}/plain`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'CANARY',
    }),
  ],
]

test.each(inputs)('%s is in no error, inspection or JSON, even if the service repeats it', async (_, env) => {
  for (const way of Object.keys(repeats)) {
    const environment = readEnvironment({ env: env(), cwd: folder.path, allowEndpoints: [], cloud: 'global' })
    const tokens = tokenSource({
      environment,
      cloud: 'global',
      tenant: 'contoso.com',
      scope: 'https://outlook.office365.com/.default',
      loginUrl: new URL(`${root}/${way}`),
      signal: new AbortController().signal,
    })
    const error: unknown = await tokens.token().catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(OffboardError)
    const seen = [error, environment, tokens].map(
      (value) => inspect(value, { depth: 12, showHidden: true }) + JSON.stringify(value),
    )
    for (const spelling of spellings) expect(seen.join('\n')).not.toContain(spelling)
  }
})

const secrets = [...variables].filter(([, { kind }]) => kind === 'secret').map(([name]) => name)
test.each(secrets)('%s is a secret that the scrubber knows', (name) => {
  const environment = readEnvironment({
    env: { [name]: 'CANARY-1' },
    cwd: folder.path,
    allowEndpoints: [],
    cloud: 'global',
  })
  expect(inspect(environment, { depth: 12, showHidden: true }) + JSON.stringify(environment)).not.toContain(
    'CANARY',
  )
  expect(createScrubber(environment)('it said CANARY-1.')).toBe('it said [secret].')
})
