import type { Adapter } from '../../src/model/adapter.ts'
import type { Attempt } from '../../src/model/attempt.ts'
import type { TokenSource } from '../../src/model/credentials.ts'
import { RefusedError } from '../../src/model/errors.ts'
import type { Plan } from '../../src/model/plan.ts'
import type { TenantIdentity } from '../../src/model/tenant.ts'
import { type App, openDirectory } from './directory.ts'
import { type AskedTenant, askedTenant, assertClaims, directoryIdentity, provenReader } from './identity.ts'
import type { Act } from './permissions.ts'
import { type PermissionCheck, preflight } from './preflight.ts'
import { readableResources, writableResources } from './resources/bind.ts'
import { sharedReader } from './shared.ts'
import { bindSources } from './sources.ts'
import { claimsOf, type TokenClaims } from './token-claims.ts'
import { type GraphReader, graphReader, graphWriter } from './transport.ts'
import type { WireOptions } from './wire/client.ts'

export interface GraphOptions {
  /** Root of Microsoft Graph, 'https://graph.microsoft.com'. */
  readonly baseUrl: URL
  readonly tokens: TokenSource
  /** Each request goes through it, as a read or a write. */
  readonly attempt: Attempt
  /** Ends the requests that are under way. */
  readonly signal: AbortSignal
  readonly userAgent: string
  /** Which applications are read whole, told by id and name. */
  readonly wanted: (app: App) => boolean
  readonly fetch?: typeof fetch
  /** The longest wait for a whole answer, in milliseconds. 120 s by default. */
  readonly requestTimeoutMs?: number
}

interface GraphTenant {
  /** A GUID or a verified domain. */
  readonly asked: string
}

export interface Graph extends Adapter<GraphTenant> {
  /** Which of the requests for these acts the caller may send, as far as its token tells. Sends nothing to Graph. */
  preflight(tenant: GraphTenant, acts: readonly Act[]): Promise<readonly PermissionCheck[]>
}

const defaultTimeoutMs = 120_000

function assertApproved({ tenant }: Plan, identity: TenantIdentity): void {
  if (tenant.guid.toLowerCase() === identity.id) return
  throw new RefusedError({
    tried: 'open the directory for writing',
    said: `the plan is for ${tenant.name} (${tenant.guid}), and Microsoft Graph is connected to ${identity.name} (${identity.id})`,
    hint: 'Nothing was changed. Make a plan for this tenant, or use the credential of the other one.',
  })
}

/** Microsoft Graph of a tenant, v1.0: its directory's applications. It knows no vendor and no procedure. */
export function graph(options: GraphOptions): Graph {
  const { attempt, tokens, wanted } = options
  const wire: WireOptions = {
    ...options,
    fetch: options.fetch ?? fetch,
    timeoutMs: options.requestTimeoutMs ?? defaultTimeoutMs,
  }

  async function claims(): Promise<TokenClaims> {
    const { value } = await attempt('read', () => tokens.token())
    return claimsOf(value)
  }

  /** Throws a RefusedError, before anything is sent, when the token is for another tenant than the one asked for. */
  async function connect(tenant: GraphTenant): Promise<{ asked: AskedTenant; token: TokenClaims }> {
    const asked = askedTenant(tenant.asked)
    const token = await claims()
    assertClaims(asked, token.tenantId)
    return { asked, token }
  }

  async function identityOf(reader: GraphReader, asked: AskedTenant): Promise<TenantIdentity> {
    return directoryIdentity(reader, asked, (await claims()).tenantId)
  }

  return {
    // Who never reads needs no token: nothing is asked for before the first read.
    async open(tenant) {
      const asked = askedTenant(tenant.asked)
      const reader = sharedReader(graphReader(wire))
      const identity = () => identityOf(reader, asked)
      const proven = provenReader(reader, identity)
      return {
        resources: readableResources(openDirectory(proven, wanted)),
        sources: bindSources(proven),
        identity,
        async close() {},
      }
    },

    async openForWriting(tenant, { plan }) {
      const { asked } = await connect(tenant)
      const wired = graphWriter(wire)
      const writer = { ...wired, ...sharedReader(wired) }
      const identity = () => identityOf(writer, asked)
      assertApproved(plan, await identity())
      return {
        resources: writableResources(openDirectory(writer, wanted)),
        sources: bindSources(writer),
        identity,
        async close() {},
      }
    },

    async preflight(tenant, acts) {
      const { token } = await connect(tenant)
      return preflight(acts, token.granted)
    },
  }
}
