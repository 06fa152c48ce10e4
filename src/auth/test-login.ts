import { createServer } from 'node:http'
import { readEnvironment } from '../config/environment.ts'
import { temporaryFolder } from '../config/temporary-folder.ts'
import type { TokenSource } from '../model/credentials.ts'
import { type TokenSourceOptions, tokenSource } from './token-source.ts'

export const AZURE_CLIENT_ID = '11111111-2222-3333-4444-555555555555'

/** A login service and a tenant that it knows: those of a sandbox. */
interface Login {
  readonly loginUrl: string
  readonly tenant: string
}

type Variables = Readonly<Record<string, string>>

/** A token source as the program makes it, from variables that are read as the program reads them. */
export function sourceAt(
  login: Login,
  env: Variables,
  options: Partial<TokenSourceOptions> = {},
): TokenSource {
  using empty = temporaryFolder()
  return tokenSource({
    environment: readEnvironment({
      env: { AZURE_CLIENT_ID, ...env },
      cwd: empty.path,
      allowEndpoints: [],
      cloud: 'global',
    }),
    cloud: 'global',
    tenant: login.tenant,
    scope: 'https://outlook.office365.com/.default',
    loginUrl: new URL(login.loginUrl),
    signal: new AbortController().signal,
    ...options,
  })
}

/** What a token source answers that must refuse. */
export async function refusalAt(
  login: Login,
  env: Variables,
  options: Partial<TokenSourceOptions> = {},
): Promise<Error> {
  try {
    await sourceAt(login, env, options).token()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('was not refused')
}

interface Answer {
  readonly status: number
  readonly body: unknown
}

/** A server on loopback that gives the same kind of answer to everything, until it goes out of scope. */
export async function serve(
  answer: (url: string, headers: Record<string, unknown>) => Answer,
): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer((request, response) => {
    const { status, body } = answer(request.url ?? '', request.headers)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    [Symbol.asyncDispose]: async () => void server.close(),
  }
}
