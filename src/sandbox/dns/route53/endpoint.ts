import { header, type Incoming, type Reply } from '../../http.ts'
import { type Result, refused, serve } from '../../serve.ts'
import { noteRouting } from '../../tenant/routing.ts'
import type { Store } from '../../tenant/store.ts'
import { route53Account } from './account.ts'
import { accessDenied, Route53Refusal, refusalAnswer, route53Faults, xmlAnswer } from './errors.ts'
import { type Operation, operations } from './operations.ts'

const credential =
  /^AWS4-HMAC-SHA256 Credential=(?<key>[^/]+)\/\d{8}\/[\w-]+\/route53\/aws4_request, .*Signature=[0-9a-f]{64}$/

/** Throws a Route53Refusal when the request is not signed with a known key, or the key may only read. */
function admit(request: Incoming, { name, method }: Operation): void {
  const { key } = credential.exec(header(request, 'authorization'))?.groups ?? {}
  if (key === undefined)
    throw new Route53Refusal(403, 'MissingAuthenticationToken', 'Missing Authentication Token')
  const { accessKeyId, readAccessKeyId } = route53Account
  if (key !== accessKeyId && key !== readAccessKeyId)
    throw new Route53Refusal(
      403,
      'InvalidClientTokenId',
      'The security token included in the request is invalid.',
    )
  if (key === readAccessKeyId && method !== 'GET') throw accessDenied(name)
}

function run({ state }: Store, request: Incoming, operation: Operation | undefined, path: string): Result {
  try {
    if (operation === undefined) throw new Route53Refusal(404, 'InvalidAction', `There is nothing at ${path}`)
    admit(request, operation)
    const { id = '' } = operation.path.exec(path)?.groups ?? {}
    const answer = xmlAnswer(operation.run({ state, request, id }))
    noteRouting(state)
    return { answer, done: true }
  } catch (error) {
    if (error instanceof Route53Refusal) return refused(refusalAnswer(error))
    throw error
  }
}

/** Route 53, as far as record sets go; undefined for an address that is not its own. */
export function createRoute53(store: Store): (request: Incoming) => Reply | undefined {
  return (request) => {
    const { method, url, body } = request
    const [, path] = /^\/2013-04-01(\/.*)$/.exec(url.pathname) ?? []
    if (path === undefined) return undefined
    const operation = operations.find((one) => one.method === method && one.path.test(path))
    const name = operation?.name ?? `${method} ${path}`
    return serve(store, route53Faults(name), {
      name,
      write: method === 'GET' ? undefined : { path: url.pathname, body },
      run: () => run(store, request, operation, path),
    })
  }
}
