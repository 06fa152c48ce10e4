import { InternalError } from '../model/errors.ts'
import type { TenantIdentity } from '../model/tenant.ts'
import type { SystemId } from '../model/words.ts'
import type { Readers } from './survey.ts'

/** Systems that can say which tenant they are connected to, the most telling first. */
const telling: readonly SystemId[] = ['exchange-online', 'graph', 'google-workspace', 'dns']

/** Who the tenant's own system says that we are connected to. */
export function identityOf(readers: Readers): Promise<TenantIdentity> {
  const reader = telling.map((system) => readers.get(system)).find((found) => found !== undefined)
  if (reader === undefined)
    throw new InternalError({
      tried: 'find out which tenant this is',
      said: 'no system of this platform can tell',
    })
  return reader.identity()
}
