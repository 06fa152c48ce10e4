import { inspect } from 'node:util'
import type { ProviderPlace } from '../../adapters/dns/providers/conformance.ts'
import { conformanceZone } from '../../adapters/dns/providers/conformance.ts'
import type { RecordSet } from '../../adapters/dns/record-set.ts'
import type { TokenSource } from '../../src/model/credentials.ts'
import type { ApprovedPlan } from '../../src/model/plan.ts'
import { createAzureDns } from '../../src/sandbox/dns/azure/endpoint.ts'
import { createCloudflare } from '../../src/sandbox/dns/cloudflare/endpoint.ts'
import { createCloudDns } from '../../src/sandbox/dns/google/endpoint.ts'
import { createRoute53 } from '../../src/sandbox/dns/route53/endpoint.ts'
import { newZone, putSet, setOf, type Zone, type ZoneRecordSet } from '../../src/sandbox/dns/zones.ts'
import { addFault, type FaultRequest } from '../../src/sandbox/faults.ts'
import { makeAccessToken } from '../../src/sandbox/google/access-token.ts'
import { jsonAnswer, listenHttp } from '../../src/sandbox/http.ts'
import { makeJwt } from '../../src/sandbox/login/jwt.ts'
import { buildState } from '../../src/sandbox/scenarios/build.ts'
import type { WriteRecord } from '../../src/sandbox/tenant/state.ts'
import { openStore } from '../../src/sandbox/tenant/store.ts'

/** The sandbox's cloud services on loopback, with their state at hand. */
export interface TestCloud {
  readonly url: URL
  readonly zones: Zone[]
  readonly tenantId: string
  readonly writes: readonly WriteRecord[]
  /** Requests to an operation of a service, 'GET dnszones'. */
  count(name: string): number
  fail(fault: FaultRequest): void
  close(): Promise<void>
}

export async function startCloud(zones: readonly Zone[]): Promise<TestCloud> {
  const { state, ...store } = openStore(buildState('default', ['us']))
  state.dns.zones = [...zones]
  const services = [createAzureDns, createCloudDns, createCloudflare, createRoute53].map((create) =>
    create({ state, ...store }),
  )
  const http = await listenHttp(async (request) => {
    const replies = services.map((service) => service(request))
    return replies.find((reply) => reply !== undefined) ?? jsonAnswer(404, {})
  }, 0)
  return {
    url: new URL(`http://127.0.0.1:${http.port}`),
    zones: state.dns.zones,
    tenantId: state.tenant.id,
    writes: state.writes,
    count: (name) => state.counts[name] ?? 0,
    fail: (fault) => addFault(state, fault),
    close: () => http.close(),
  }
}

/** A zone for the conformance suite. */
export function seededZone(seed: readonly RecordSet[]): Zone {
  const sets = seed.map(({ key: { name, type }, ttl, values }) => ({ name, type, ttl, values }))
  return newZone(conformanceZone, sets, ['ns1.example.net', 'ns2.example.net'])
}

/** What the conformance suite asks of a place, as far as it is the same for every cloud. */
export function commonPlace(
  cloud: TestCloud,
  zone: Zone,
  write: readonly string[],
): Omit<ProviderPlace, 'reader' | 'writer' | 'secrets'> {
  return {
    async truth({ name, type }) {
      const { ttl, values } = setOf(zone, name, type) ?? { ttl: 0, values: [] }
      return { ttl, values }
    },
    async elsewhere({ key: { name, type }, ttl, values }) {
      putSet(zone, { name, type, ttl, values })
    },
    writes: async () => cloud.writes.length,
    async failWrite(kind) {
      for (const cmdlet of write) cloud.fail({ kind, cmdlet })
    },
    async crowd() {
      const other = (index: number) => newZone(`z${index}.example.org`)
      cloud.zones.unshift(...Array.from({ length: 250 }, (_, index) => other(index)))
      const set = (index: number): ZoneRecordSet => ({
        name: `h${index}.${zone.name}`,
        type: index % 2 === 0 ? 'MX' : 'TXT',
        ttl: 300,
        values: index % 2 === 0 ? ['10 mail.example.net'] : ['"x"'],
        revision: zone.serial,
      })
      zone.sets = [...Array.from({ length: 2000 }, (_, index) => set(index)), ...zone.sets]
    },
    remove: () => cloud.close(),
  }
}

/** An approval, for what takes one as the sign that it may write. */
export function approval(): ApprovedPlan {
  return JSON.parse('{"plan":{}}')
}

export function fixedToken(value: string): TokenSource {
  return { token: async () => ({ value, expiresAt: new Date(Date.now() + 3_600_000) }) }
}

export function azureToken(tenantId: string, aud = 'https://management.azure.com'): string {
  return makeJwt({ aud, tid: tenantId, exp: Math.floor(Date.now() / 1000) + 3600 })
}

export function googleToken(scope: string): string {
  return makeAccessToken({ client: 'client', user: null, scopes: [scope] }).access_token
}

/** The error that a promise ends with. */
export async function errorOf(promise: Promise<unknown>): Promise<Error> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof Error) return error
  throw new TypeError('it did not fail')
}

/** All that an error shows to whoever prints it, its causes too. */
export function shown(error: unknown): string {
  return inspect(error, { depth: 12, showHidden: true })
}
