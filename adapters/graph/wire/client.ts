import { Client } from '@microsoft/microsoft-graph-client'
import type { Attempt } from '../../../src/model/attempt.ts'
import type { TokenSource } from '../../../src/model/credentials.ts'
import { answer } from './answer.ts'
import { bearer } from './bearer.ts'
import { carry } from './carry.ts'
import { guard, type Role } from './guard.ts'
import { retry } from './retry.ts'
import { type SendOptions, send } from './send.ts'

export interface WireOptions extends SendOptions {
  /** Root of Graph, 'https://graph.microsoft.com'. */
  readonly baseUrl: URL
  readonly tokens: TokenSource
  readonly attempt: Attempt
}

/** Where the version that is used lives; ends with a slash. Nothing of the adapter is beta. */
export function rootOf(baseUrl: URL): URL {
  return new URL(`${baseUrl.href.replace(/\/+$/, '')}/v1.0/`)
}

/** Microsoft's client with a chain of our own, in this order. */
export function graphClient(options: WireOptions, role: Role): Client {
  const root = rootOf(options.baseUrl)
  return Client.initWithMiddleware({
    baseUrl: root.href.replace(/v1\.0\/$/, ''),
    defaultVersion: 'v1.0',
    middleware: [
      carry(),
      guard(root, role),
      retry(options.attempt),
      answer(root),
      bearer(options.tokens, root.origin),
      send(options),
    ],
  })
}
