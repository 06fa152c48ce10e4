import type { SystemReader } from '../../src/model/adapter.ts'
import { InternalError, ServiceError } from '../../src/model/errors.ts'
import type { JsonObject } from '../../src/model/json.ts'
import type { Source, TenantObject } from '../../src/model/resource.ts'
import { type Xray, type XrayOptions, xray } from './api.ts'
import type { Known } from './knowledge.ts'
import type { Scans } from './scans.ts'
import { enoughBefore, freshMs, quietMs, restMs } from './spans.ts'

export interface XraySystemOptions extends XrayOptions {
  /** The time on the run's clock. */
  readonly now: () => Date
}

/** A source fails where the API leaves it unknown: the survey then says "not read", with the reason. */
function toldBy<T>(answer: Known<T>, tried: string): T {
  if (answer.is === 'known') return answer.value
  throw new ServiceError({ tried, said: answer.reason })
}

function organizationSource(api: Xray): Source {
  return {
    kind: 'vendor-organization',
    async list() {
      const found = toldBy(await api.organization(), "read the organization at the vendor's")
      const { id, name, active, region } = found
      const own: JsonObject = { active: active ?? null, region: region ?? null }
      return [{ guid: id, name, properties: { ...found.whole, ...own } }]
    },
  }
}

function shown(since: Date, { count, newest, complete }: Scans): JsonObject {
  return { since: since.toISOString(), count, newest: newest?.toISOString() ?? null, complete }
}

function scansSource(api: Xray, organization: string, now: () => Date): Source {
  async function span(to: Date, ms: number, enough: number): Promise<JsonObject> {
    const since = new Date(to.getTime() - ms)
    return shown(since, toldBy(await api.scansSince(since, enough), "list the scans at the vendor's"))
  }
  return {
    kind: 'vendor-scans',
    async list(): Promise<readonly TenantObject[]> {
      const at = now()
      const properties = {
        at: at.toISOString(),
        fresh: await span(at, freshMs, 1),
        quiet: await span(at, quietMs, 1),
        before: await span(at, restMs, enoughBefore),
      }
      return [{ guid: organization, name: 'scans of the last day', properties }]
    },
  }
}

async function unknownIdentity(): Promise<never> {
  throw new InternalError({ tried: "ask the vendor's API who the tenant is", said: 'it does not know' })
}

/** The system 'xray' of a tenant: nothing to write, and two sources, `vendor-organization` and `vendor-scans`. */
export function openXraySystem(options: XraySystemOptions): SystemReader {
  const api = xray(options)
  const sources = [organizationSource(api), scansSource(api, options.organization, options.now)]
  return {
    resources: new Map(),
    sources: new Map(sources.map((source) => [source.kind, source])),
    identity: unknownIdentity,
    async close() {},
  }
}
