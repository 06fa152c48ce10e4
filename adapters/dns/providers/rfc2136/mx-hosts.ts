import { TenantError } from '../../../../src/model/errors.ts'
import { parseMx } from '../../presentation.ts'
import type { RecordSetKey } from '../../record-set.ts'
import type { Copy } from './copy.ts'

const wrong = {
  none: 'has no address record (A or AAAA)',
  alias: 'is an alias (CNAME), which the host of an MX may not be',
} as const

/**
 * BIND refuses an MX whose host lies in the zone and has no address there, by a bare REFUSED. Throws a TenantError
 * that says so. The host of another zone is not looked at.
 */
export async function checkMxHosts(
  copy: Copy,
  { zone, name }: RecordSetKey,
  added: readonly string[],
): Promise<void> {
  const hosts = added.map((value) => parseMx(value).host)
  const own = hosts.filter((host) => host === zone || host.endsWith(`.${zone}`))
  for (const host of new Set(own)) {
    const found = await copy.address(host)
    if (found === 'found' || found === 'unknown') continue
    throw new TenantError({
      tried: `add ${host} to the MX of ${name}`,
      said: `${host} lies in the zone ${zone} and ${wrong[found]}: the server would refuse it`,
      hint: `Nothing was changed. Give ${host} an address record first.`,
    })
  }
}
