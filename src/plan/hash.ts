import type { Json } from '../model/json.ts'
import { fold } from '../model/name.ts'
import type { Change, Plan } from '../model/plan.ts'
import { digest } from './canonical.ts'

function unordered(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort()
}

function folded(ids: readonly string[]): readonly string[] {
  return unordered(ids.map(fold))
}

/** The service lists objects and entries in whatever order, which says nothing. */
function byId(a: Change, b: Change): number {
  return a.id < b.id ? -1 : Number(a.id > b.id)
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : Number(a.name > b.name)
}

/** What is decided for Google Workspace means nothing elsewhere. */
function googleDecisions({ platform, decisions }: Omit<Plan, 'hash'>): Readonly<Record<string, Json>> {
  if (platform !== 'google-workspace') return {}
  return { googlePolicyWrites: decisions.googlePolicyWrites, effectWaitMs: decisions.effectWaitMs }
}

/** The sets that must be as they were, whole. */
function wholeSets(sets: Plan['recordSets'] = []) {
  return sets.filter(({ restsOn }) => restsOn === 'object').map((set) => ({ ...set }))
}

/** What is decided for DNS, where anything is: absent, it leaves the hash as it is. */
function dnsParts({ decisions: { mx }, recordSets }: Omit<Plan, 'hash'>): Readonly<Record<string, Json>> {
  if (mx === undefined) return {}
  return {
    mx: {
      domains: folded(mx.domains),
      previous: unordered(mx.previous.map((value) => value.trim().toLowerCase().replace(/\s+/g, ' '))),
      vendorHosts: folded(mx.vendorHosts),
      vendorTxt: unordered(mx.vendorTxt),
      provider: mx.provider,
      zone: mx.zone === undefined ? null : fold(mx.zone),
    },
    recordSets: wholeSets(recordSets).toSorted(byName),
  }
}

/**
 * SHA-256 over what will change and what the guards rested on: an edit elsewhere in the tenant leaves it as it
 * is, an edit of anything that the plan rests on does not.
 */
export function planHash(plan: Omit<Plan, 'hash'>): string {
  return digest({
    format: plan.format,
    purpose: plan.purpose,
    restores: plan.restores ?? null,
    tenant: plan.tenant.guid,
    platform: plan.platform,
    regions: [...plan.regions].sort(),
    footprint: plan.footprint,
    include: folded(plan.decisions.include),
    exclude: folded(plan.decisions.exclude),
    allow: folded(plan.decisions.allow),
    drainMs: plan.decisions.drainMs,
    drainMaxMs: plan.decisions.drainMaxMs,
    revokeGrants: plan.decisions.revokeGrants,
    deleteApp: plan.decisions.deleteApp,
    ...googleDecisions(plan),
    ...dnsParts(plan),
    changes: plan.changes.toSorted(byId).map((change) => ({
      id: change.id,
      step: change.step,
      kind: change.kind,
      action: change.action,
      guid: change.object.guid,
      fingerprint: change.fingerprint,
      edit: change.edit === undefined ? null : ({ ...change.edit } satisfies Json),
      ...(change.calls === undefined
        ? {}
        : { calls: change.calls.map(({ command, parameters }) => ({ command, parameters })) }),
    })),
    waits: plan.waits.map((wait) => wait.id),
    facts: plan.facts,
  })
}
