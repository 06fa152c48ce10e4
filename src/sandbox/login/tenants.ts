import { tenantIds } from '../tenant/ids.ts'
import type { SandboxState } from '../tenant/state.ts'

/** The id of the tenant that a name in an address stands for: an id, or a verified domain of it. */
export function tenantIdOf(state: SandboxState, name: string): string | undefined {
  const wanted = name.toLowerCase()
  const others: Readonly<Record<string, string>> = tenantIds
  if (Object.values(others).includes(wanted)) return wanted
  if (others[wanted] !== undefined) return others[wanted]
  const isOurs = state.objects['accepted-domain'].some((domain) => domain.name.toLowerCase() === wanted)
  return isOurs || wanted === state.tenant.id ? state.tenant.id : undefined
}
