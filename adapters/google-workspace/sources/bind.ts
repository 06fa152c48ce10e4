import type { Source } from '../../../src/model/resource.ts'
import type { Customer } from '../customer.ts'
import { auditSources } from './audit.ts'
import { listSources } from './lists.ts'
import { policySources } from './policies.ts'

export function bindSources(customer: Customer): ReadonlyMap<string, Source> {
  const sources = [...policySources(customer), ...listSources(customer), ...auditSources(customer)]
  return new Map(sources.map((source) => [source.kind, source]))
}
