import { afterAll, beforeAll, expect, it } from 'vitest'
import { googleTokens } from '../../src/auth/google-tokens.ts'
import { readEnvironment } from '../../src/config/environment.ts'
import { type TemporaryFolder, temporaryFolder } from '../../src/config/temporary-folder.ts'
import { googleAccount } from '../../src/sandbox/google/account.ts'
import { serviceAccountKey } from './credentials.ts'
import { type GoogleTestTenant, startGoogleTenant } from './tenant.ts'

let tenant: GoogleTestTenant
let folder: TemporaryFolder

beforeAll(async () => {
  tenant = await startGoogleTenant('google-policy-writes')
  folder = temporaryFolder()
})

afterAll(async () => {
  folder[Symbol.dispose]()
  await tenant[Symbol.asyncDispose]()
})

it('a reader with the key of a service account sends requests for tokens, reads, and nothing else', async () => {
  const environment = readEnvironment({
    env: {
      GOOGLE_APPLICATION_CREDENTIALS: folder.write('key.json', JSON.stringify(serviceAccountKey)),
      OFFBOARD_GOOGLE_SUBJECT: googleAccount.subject,
    },
    cwd: folder.path,
    allowEndpoints: [],
    cloud: 'global',
  })
  const { forScope: tokens, isScoped } = googleTokens({
    environment,
    baseUrl: new URL(tenant.sandbox.endpoints.googleUrl),
    signal: new AbortController().signal,
  })
  const reader = await tenant.reader({ tokens, isScoped })
  for (const resource of reader.resources.values()) await resource.list()
  for (const source of reader.sources.values()) await source.list()
  const { counts, writes } = await tenant.sandbox.control.show()
  const names = Object.keys(counts)
  expect(names.filter((name) => !name.startsWith('GET '))).toEqual(['POST token'])
  expect(names).toEqual(expect.arrayContaining(['GET policies', 'GET activities', 'GET tokens']))
  expect(counts['POST token']).toBe(new Set(tenant.sent.map(({ authorization }) => authorization)).size)
  expect(writes).toEqual([])
})
