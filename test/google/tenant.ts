import {
  type GoogleOptions,
  type GoogleWorkspace,
  googleWorkspace,
} from '../../adapters/google-workspace/index.ts'
import { sandboxGoogleTokens } from '../../src/auth/google-sandbox.ts'
import type { SystemReader, SystemWriter } from '../../src/model/adapter.ts'
import type { Attempt } from '../../src/model/attempt.ts'
import type { Clock } from '../../src/model/clock.ts'
import type { JsonObject } from '../../src/model/json.ts'
import type { ApprovedPlan } from '../../src/model/plan.ts'
import type { ReadableResource, TenantObject } from '../../src/model/resource.ts'
import { advancingClock } from '../../src/sandbox/clock.ts'
import { googleAccount, googleVendor } from '../../src/sandbox/google/account.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/start.ts'

/** Sends once, so that tests see what the adapter makes of an answer. */
const once: Attempt = (_effect, request) => request()

/** A request as it left the adapter. */
interface SentRequest {
  readonly method: string
  readonly url: URL
  readonly authorization: string | null
}

export interface GoogleTestTenant extends AsyncDisposable {
  readonly sandbox: Sandbox
  readonly clock: Clock
  /** Requests to the APIs; those for tokens are not among them. */
  readonly sent: readonly SentRequest[]
  adapter(options?: Partial<GoogleOptions>): GoogleWorkspace
  reader(options?: Partial<GoogleOptions>): Promise<SystemReader>
  /** Opened under an approval, as the executor would. */
  writer(options?: Partial<GoogleOptions>): Promise<SystemWriter>
  /** Methods and resources of the writes that the sandbox has done, in their order. */
  writes(): Promise<readonly string[]>
  /** All policies as the sandbox has them. */
  policies(): Promise<readonly JsonObject[]>
}

export function approvalFor(guid: string): ApprovedPlan {
  return JSON.parse(JSON.stringify({ plan: { tenant: { guid, name: googleAccount.domain } } }))
}

function recording(sent: SentRequest[]): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    const authorization = request.headers.get('authorization')
    sent.push({ method: request.method, url: new URL(request.url), authorization })
    return fetch(input, init)
  }
}

export async function startGoogleTenant(
  scenario = 'google-default',
  options: SandboxOptions = {},
): Promise<GoogleTestTenant> {
  const sandbox = await startSandbox({ ...options, scenario })
  const clock = await advancingClock(sandbox.control)
  const sent: SentRequest[] = []
  const { signal } = new AbortController()
  const baseUrl = new URL(sandbox.endpoints.googleUrl)
  const { forScope: tokens, isScoped } = sandboxGoogleTokens({ ...googleAccount, baseUrl, signal })
  const asked = { asked: googleAccount.customerId }
  const adapter = (given: Partial<GoogleOptions> = {}) =>
    googleWorkspace({
      baseUrl,
      tokens,
      isScoped,
      attempt: once,
      clock,
      signal,
      userAgent: 'offboard/test',
      wantedToken: ({ clientId }) => clientId === googleVendor.appId,
      clients: [googleVendor.clientId],
      fetch: recording(sent),
      ...given,
    })
  return {
    sandbox,
    clock,
    sent,
    adapter,
    reader: (given) => adapter(given).open(asked),
    writer: (given) => adapter(given).openForWriting(asked, approvalFor(googleAccount.customerId)),
    async writes() {
      const { writes } = await sandbox.control.show()
      return writes.filter(({ result }) => result === 'done').map(({ cmdlet }) => cmdlet)
    },
    policies: async () => (await sandbox.control.show()).google.policies,
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

export async function sourceList(system: SystemReader, kind: string): Promise<readonly TenantObject[]> {
  const source = system.sources.get(kind)
  if (source === undefined) throw new TypeError(`no source ${kind}`)
  return source.list()
}

/** The vendor's rule, or the first of its name. */
export async function vendorRule(rules: ReadableResource): Promise<TenantObject> {
  const found = (await rules.list()).find(({ properties }) => properties.label === googleVendor.ruleName)
  if (found === undefined) throw new TypeError('the vendor has no rule')
  return found
}
