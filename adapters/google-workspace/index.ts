import type { Adapter } from '../../src/model/adapter.ts'
import type { Attempt } from '../../src/model/attempt.ts'
import type { Clock } from '../../src/model/clock.ts'
import type { TokenSource } from '../../src/model/credentials.ts'
import { RefusedError } from '../../src/model/errors.ts'
import type { Plan } from '../../src/model/plan.ts'
import type { TenantIdentity } from '../../src/model/tenant.ts'
import type { ConsentedApp, Customer } from './customer.ts'
import { askedCustomer, customerIdentity, provenReader } from './identity.ts'
import { preflight, type ScopeCheck } from './preflight.ts'
import type { Purpose } from './requests.ts'
import { readableResources, writableResources } from './resources/bind.ts'
import { bindSources } from './sources/bind.ts'
import { googleReader, googleWriter } from './transport.ts'
import type { WireOptions } from './wire/exchange.ts'
import { rootsOf } from './wire/guard.ts'
import { createPace, policyPace } from './wire/pace.ts'

export interface GoogleOptions {
  /** One root for every API. Google's own hosts, by default. */
  readonly baseUrl?: URL
  /** A source of tokens for each scope: 'https://www.googleapis.com/auth/…'. */
  readonly tokens: (scope: string) => TokenSource
  /** Whether those tokens are given for exactly the scope that was asked for. */
  readonly isScoped: () => Promise<boolean>
  /** Each request goes through it, as a read or a write. */
  readonly attempt: Attempt
  /** The pace of the Policy API is kept on it. */
  readonly clock: Clock
  /** Ends the requests that are under way. */
  readonly signal: AbortSignal
  readonly userAgent: string
  /** Of which applications the consents of users are listed. */
  readonly wantedToken: (app: ConsentedApp) => boolean
  /** Client ids whose activity is looked for in the audit logs. */
  readonly clients: readonly string[]
  readonly fetch?: typeof fetch
  /** The longest wait for a whole answer, in milliseconds. 120 s by default. */
  readonly requestTimeoutMs?: number
}

interface GoogleTenant {
  /** The customer id or the primary domain. */
  readonly asked: string
}

export interface GoogleWorkspace extends Adapter<GoogleTenant> {
  /** Which scopes for these purposes the caller gets a token for. Sends nothing to the APIs. */
  preflight(purposes: readonly Purpose[]): Promise<readonly ScopeCheck[]>
}

const defaultTimeoutMs = 120_000

function assertApproved({ tenant }: Plan, identity: TenantIdentity): void {
  if (tenant.guid === identity.id) return
  throw new RefusedError({
    tried: 'open the customer for writing',
    said: `the plan is for ${tenant.name} (${tenant.guid}), and Google is connected to ${identity.name} (${identity.id})`,
    hint: 'Nothing was changed. Make a plan for this customer, or use the credential of the other one.',
  })
}

/** Google Workspace of a customer: policies of Gmail, consents, audit logs. It knows no vendor and no procedure. */
export function googleWorkspace(options: GoogleOptions): GoogleWorkspace {
  const { clock, signal, wantedToken, clients } = options
  const wire: WireOptions = {
    ...options,
    roots: rootsOf(options.baseUrl),
    fetch: options.fetch ?? fetch,
    timeoutMs: options.requestTimeoutMs ?? defaultTimeoutMs,
    pace: createPace({ clock, signal, apartMs: policyPace.apartMs }),
  }
  const own = { clock, signal, wantedToken, clients }

  return {
    // Who never reads needs no token: nothing is asked for before the first read.
    async open(tenant) {
      const asked = askedCustomer(tenant.asked)
      const reader = googleReader(wire)
      const identity = () => customerIdentity(reader, asked)
      const customer: Customer = { ...own, google: provenReader(reader, identity) }
      return {
        resources: readableResources(customer),
        sources: bindSources(customer),
        identity,
        async close() {},
      }
    },

    async openForWriting(tenant, { plan }) {
      const asked = askedCustomer(tenant.asked)
      const google = googleWriter(wire)
      const identity = () => customerIdentity(google, asked)
      assertApproved(plan, await identity())
      const customer = { ...own, google }
      return {
        resources: writableResources(customer),
        sources: bindSources(customer),
        identity,
        async close() {},
      }
    },

    preflight: (purposes) => preflight(purposes, options),
  }
}
