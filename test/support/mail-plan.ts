import { buildFootprint } from '../../src/footprint/footprint.ts'
import type { JsonObject } from '../../src/model/json.ts'
import type { Decisions, Plan } from '../../src/model/plan.ts'
import type { TenantObject } from '../../src/model/resource.ts'
import type { Survey } from '../../src/model/survey.ts'
import { buildPlan } from '../../src/plan/build.ts'
import { other } from '../../src/platforms/other/index.ts'

/** What a test finds of one domain, and what it decides. */
export interface Given {
  readonly domain?: string
  readonly mx?: readonly string[]
  readonly txt?: readonly string[]
  readonly ttl?: number
  /** Of the mx-set, beside what is the same everywhere. */
  readonly set?: JsonObject
  readonly previous?: readonly string[]
  readonly vendorTxt?: readonly string[]
  readonly manual?: boolean
  readonly include?: readonly string[]
  readonly exclude?: readonly string[]
  readonly allow?: readonly string[]
  readonly smtp?: JsonObject
  readonly policy?: JsonObject
  readonly spf?: string
}

/** The set of a domain, as the adapter shows it. */
export function setObject(
  kind: 'mx-set' | 'txt-set',
  domain: string,
  values: readonly string[],
  given: Given,
): TenantObject {
  const { ttl = 3600, set = {} } = given
  const isMx = kind === 'mx-set'
  const name = isMx ? domain : `_amazonses.${domain}`
  const server = { name: 'ns1', address: '192.0.2.1', state: 'answered', ttl, values: [...values] }
  const properties = {
    ...{ domain, zone: domain, name, type: isMx ? 'MX' : 'TXT', state: 'answered', ttl },
    ...{ values: [...values], servers: [server], provider: 'rfc2136' },
    ...(isMx ? set : {}),
  }
  return { guid: `${kind}:${domain}`, name, properties }
}

function surveyOf(given: Given): Survey {
  const { domain = 'contoso.com', mx = [], txt = [], spf = 'v=spf1 -all' } = given
  const { smtp = { state: 'answers' }, policy = { state: 'none', mx: [] } } = given
  const one = (kind: string, guid: string, properties: JsonObject) =>
    [kind, { ok: true as const, value: [{ guid, name: guid, properties }] }] as const
  return {
    takenAt: '2026-11-24T08:00:00.000Z',
    tenant: { id: domain, name: domain, domains: [{ name: domain, initial: true }] },
    objects: new Map([
      ['mx-set', { ok: true, value: [setObject('mx-set', domain, mx, given)] }],
      ['txt-set', { ok: true, value: [setObject('txt-set', domain, txt, given)] }],
      one('smtp', 'mail.contoso.com', { host: 'mail.contoso.com', ...smtp }),
      one('mta-sts-policy', domain, { domain, ...policy }),
      one('mail-txt', `spf:${domain}`, {
        domain,
        place: 'spf',
        name: domain,
        state: 'answered',
        values: [spf],
      }),
    ]),
  }
}

export function decisionsOf(given: Given): Decisions {
  const { domain = 'contoso.com', previous = ['10 mail.contoso.com'], vendorTxt = [] } = given
  const { include = [], exclude = [], allow = [], manual = false } = given
  return {
    ...{ include, exclude, allow, drainMs: 0, drainMaxMs: 0 },
    ...{ revokeGrants: false, deleteApp: false, googlePolicyWrites: false, effectWaitMs: 0 },
    mx: {
      ...{ domains: [domain], previous, vendorHosts: ['mx.vendor.example'], vendorTxt },
      provider: manual ? 'manual' : 'rfc2136',
    },
  }
}

/** The plan for what was found, without a network. */
export function planOf(given: Given): Plan {
  return buildPlan({
    ...{ platform: other, survey: surveyOf(given), footprint: buildFootprint(['eu']) },
    ...{ regions: ['eu'], decisions: decisionsOf(given), ordered: [], tool: 'test' },
    describe: () => ({
      writable: ({ properties: { ttl = null, values = null } }) => ({ ttl, values }),
      rebuild: () => ({ notRebuildable: ['a set is edited'] }),
    }),
  })
}

/** 'add 10 mail.contoso.com' */
export function edits({ changes }: Plan): readonly string[] {
  return changes.map(({ edit }) =>
    edit === undefined || edit.kind === 'set' ? '?' : `${edit.kind.replace('-entry', '')} ${edit.entry}`,
  )
}
