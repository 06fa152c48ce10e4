import { type Graph, type GraphOptions, graph } from '../../adapters/graph/index.ts'
import type { SystemReader, SystemWriter } from '../../src/model/adapter.ts'
import type { Attempt } from '../../src/model/attempt.ts'
import type { TokenSource } from '../../src/model/credentials.ts'
import type { JsonObject } from '../../src/model/json.ts'
import type { ApprovedPlan } from '../../src/model/plan.ts'
import type { ReadableResource, TenantObject } from '../../src/model/resource.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/start.ts'
import { getToken, graphScope } from '../../src/sandbox/test-client.ts'

/** The vendor's app of the default scenario. */
export const vendorApp = {
  appId: 'c7a1f0d2-5b0e-4e55-9d6c-3f1e6d2a9b10',
  name: 'Perception Point Remediation',
}

/** Sends once, so that tests see what the adapter makes of an answer. */
const once: Attempt = (_effect, request) => request()

/** A request as it left the adapter. */
interface SentRequest {
  readonly method: string
  readonly url: URL
  readonly authorization: string | null
}

export interface GraphTestTenant extends AsyncDisposable {
  readonly sandbox: Sandbox
  readonly sent: readonly SentRequest[]
  adapter(options?: Partial<GraphOptions>): Graph
  reader(options?: Partial<GraphOptions>): Promise<SystemReader>
  /** Opened under an approval, as the executor would. */
  writer(options?: Partial<GraphOptions>): Promise<SystemWriter>
  /** Methods and paths of the writes that the sandbox has put down, in their order. */
  writes(): Promise<readonly string[]>
}

export function approvalFor(guid: string): ApprovedPlan {
  return JSON.parse(JSON.stringify({ plan: { tenant: { guid, name: 'contoso' } } }))
}

/** A token that says of itself what a test wants, and opens nothing. */
export function madeUpToken(claims: JsonObject): TokenSource {
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url')
  return { token: async () => ({ value: `e30.${payload}.x`, expiresAt: new Date(Date.now() + 3_600_000) }) }
}

function recording(sent: SentRequest[]): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    const authorization = request.headers.get('authorization')
    sent.push({ method: request.method, url: new URL(request.url), authorization })
    return fetch(input, init)
  }
}

export async function startGraphTenant(options: SandboxOptions = {}): Promise<GraphTestTenant> {
  const sandbox = await startSandbox(options)
  const { endpoints, control } = sandbox
  const sent: SentRequest[] = []
  const tokens: TokenSource = {
    async token() {
      const value = await getToken(endpoints, endpoints.tenant, graphScope)
      return { value, expiresAt: new Date(Date.now() + 3_600_000) }
    },
  }
  const adapter = (given: Partial<GraphOptions> = {}) =>
    graph({
      baseUrl: new URL(endpoints.graphUrl),
      tokens,
      attempt: once,
      signal: new AbortController().signal,
      userAgent: 'offboard/test',
      wanted: ({ appId }) => appId === vendorApp.appId,
      fetch: recording(sent),
      ...given,
    })
  return {
    sandbox,
    sent,
    adapter,
    reader: (given) => adapter(given).open({ asked: endpoints.tenantId }),
    writer: (given) =>
      adapter(given).openForWriting({ asked: endpoints.tenantId }, approvalFor(endpoints.tenantId)),
    async writes() {
      return (await control.show()).writes.map(({ cmdlet }) => cmdlet)
    },
    [Symbol.asyncDispose]: () => sandbox.close(),
  }
}

export function resourceIn<Resource extends ReadableResource>(
  system: { readonly resources: ReadonlyMap<string, Resource> },
  kind: string,
): Resource {
  const resource = system.resources.get(kind)
  if (resource === undefined) throw new TypeError(`no resource ${kind}`)
  return resource
}

/** The only object of a kind, or the first one. */
export async function firstOf(resource: ReadableResource): Promise<TenantObject> {
  const [object] = await resource.list()
  if (object === undefined) throw new TypeError(`no ${resource.kind}`)
  return object
}

export function callsOf(resource: ReadableResource, object: TenantObject) {
  const calls = resource.rebuild(object)
  if ('notRebuildable' in calls) throw new TypeError(calls.notRebuildable.join(' '))
  return calls
}
