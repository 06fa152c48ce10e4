import type { TenantObject } from '../../../src/model/resource.ts'
import { agreement } from '../authority/agreement.ts'
import type { ServerSet } from '../authority/open.ts'
import { setProperties } from './properties.ts'

function isSame(one: readonly string[], other: readonly string[]): boolean {
  const values = new Set(one)
  return values.size === new Set(other).size && other.every((value) => values.has(value))
}

function stillHas({ name, address, values }: ServerSet): string {
  return `${name} (${address}) still answers with ${values.length === 0 ? 'nothing' : values.join(', ')}`
}

/**
 * What speaks against believing a set: it could not be read, an authoritative server still has another, or does not
 * answer. undefined: every one of them has it.
 */
export function unsettled(object: TenantObject): string | undefined {
  const { state, reason, values, servers } = setProperties(object)
  if (state === 'unreadable') return reason ?? 'it could not be read'
  const behind = servers.filter((server) => server.state === 'answered' && !isSame(server.values, values))
  if (behind.length > 0) return behind.map(stillHas).join('; ')
  const common = agreement(servers)
  return common.state === 'answered' ? undefined : (common.reason ?? 'the authoritative servers disagree')
}
