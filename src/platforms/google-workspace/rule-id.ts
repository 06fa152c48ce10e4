import type { TenantObject } from '../../model/resource.ts'

/** The id that Google gave a rule: it stands behind that of its policy. */
export function ruleIdOf({ guid }: TenantObject): string {
  return guid.split('#')[1] ?? guid
}
