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

/** Why a set could not be read; undefined when it was. */
export function unread(object: TenantObject): string | undefined {
  const { state, reason = 'it could not be read' } = setProperties(object)
  return state === 'unreadable' ? reason : undefined
}

/**
 * What speaks against believing a set: it could not be read, an authoritative server still has another, or does not
 * answer. undefined: every one of them has it.
 */
export function unsettled(object: TenantObject): string | undefined {
  const reason = unread(object)
  if (reason !== undefined) return reason
  const { values, servers } = setProperties(object)
  const behind = servers.filter((server) => server.state === 'answered' && !isSame(server.values, values))
  if (behind.length > 0) return behind.map(stillHas).join('; ')
  const common = agreement(servers)
  return common.state === 'answered' ? undefined : (common.reason ?? 'the authoritative servers disagree')
}
