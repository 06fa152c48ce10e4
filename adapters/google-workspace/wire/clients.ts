import { admin } from 'googleapis/build/src/apis/admin/index.js'
import { cloudidentity } from 'googleapis/build/src/apis/cloudidentity/index.js'
import { InternalError } from '../../../src/model/errors.ts'
import type { Exchange } from './exchange.ts'
import type { Roots } from './guard.ts'

/**
 * Google's clients, version by version. The subpaths are not a documented contract of the package; nothing else
 * imports it. Without credentials of their own and without retry: both belong to the exchange below them.
 */
function createClients({ admin: adminRoot, cloudidentity: identityRoot }: Roots) {
  const own = { retry: false }
  return {
    policies: cloudidentity({ ...own, version: 'v1', rootUrl: identityRoot.href }).policies,
    directory: admin({ ...own, version: 'directory_v1', rootUrl: adminRoot.href }),
    reports: admin({ ...own, version: 'reports_v1', rootUrl: adminRoot.href }),
  }
}

type Clients = ReturnType<typeof createClients>

/** How one request is sent: given to a method of a client as its options. */
interface CallOptions {
  readonly fetchImplementation: typeof fetch
}

/** Calls one method of a client, and answers its JSON. */
export type Call = (
  tried: string,
  act: (clients: Clients, options: CallOptions) => Promise<{ readonly data: unknown }>,
) => Promise<unknown>

function bodyOf(body: unknown): string | null {
  return typeof body === 'string' ? body : null
}

/** The library wraps whatever is thrown below it: the error that the exchange threw is kept aside. */
export function callsOver(exchange: Exchange, roots: Roots): Call {
  const clients = createClients(roots)
  return async (tried, act) => {
    const thrown: unknown[] = []
    const fetchImplementation: typeof fetch = async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input)
      const method = (init?.method ?? 'GET').toUpperCase()
      try {
        return await exchange({ url, method, body: bodyOf(init?.body), tried })
      } catch (error) {
        thrown.push(error)
        throw error
      }
    }
    try {
      return (await act(clients, { fetchImplementation })).data
    } catch (error) {
      if (thrown.length > 0) throw thrown[0]
      throw new InternalError({ tried, said: "Google's library failed at the request", cause: error })
    }
  }
}
