import * as z from 'zod'
import { agreement } from '../../../adapters/dns/authority/agreement.ts'
import { toDnsName } from '../../../adapters/dns/domain-name.ts'
import type { TenantObject } from '../../model/resource.ts'

const server = z.looseObject({
  name: z.string(),
  address: z.string(),
  state: z.enum(['answered', 'unreadable', 'no-route']),
  ttl: z.number().default(0),
  values: z.array(z.string()).default([]),
  reason: z.string().optional(),
})

const form = z.looseObject({
  domain: z.string(),
  zone: z.string().default(''),
  name: z.string(),
  state: z.enum(['answered', 'unreadable']),
  reason: z.string().optional(),
  ttl: z.number().default(0),
  values: z.array(z.string()).default([]),
  servers: z.array(server).default([]),
})

/** A set of DNS records, as its primary copy and its authoritative servers have it. */
export interface RecordSetObject extends z.infer<typeof form> {
  readonly object: TenantObject
}

/** undefined when the object says nothing that is understood. */
export function recordSetOf(object: TenantObject): RecordSetObject | undefined {
  const properties = form.safeParse(object.properties).data
  return properties && { ...properties, object }
}

/** Whether two spellings are one domain: internationalised ones are compared in punycode. */
export function isSameDomain(one: string, other: string): boolean {
  return (toDnsName(one) ?? one) === (toDnsName(other) ?? other)
}

/** The set of a domain among objects of a kind. */
export function recordSetIn(objects: readonly TenantObject[], domain: string): RecordSetObject | undefined {
  return objects
    .flatMap((object) => recordSetOf(object) ?? [])
    .find((set) => isSameDomain(set.domain, domain))
}

function sameValues(one: readonly string[], other: readonly string[]): boolean {
  return one.toSorted().join('\n') === other.toSorted().join('\n')
}

/** Why the authoritative servers do not all have the set; undefined when they do. */
export function disagreementOn({ servers, values }: RecordSetObject): string | undefined {
  const asked = servers.map(({ name, address, state, ttl, values: own, reason }) => ({
    ...{ name, address, state, ttl, values: own },
    ...(reason === undefined ? {} : { reason }),
  }))
  const common = agreement(asked)
  if (common.state !== 'answered') return common.reason ?? 'the authoritative servers disagree'
  if (sameValues(common.values, values)) return undefined
  return `the authoritative servers still have ${common.values.join(', ') || 'nothing'}`
}

/** Every value of a set that one of its copies has. */
export function valuesAnywhere({ values, servers }: RecordSetObject): readonly string[] {
  return [...new Set([...values, ...servers.flatMap((one) => one.values)])]
}
