import { NotFoundError, RefusedError } from '../../../../src/model/errors.ts'

/** A zone of an account, as a list of the provider has it. */
export interface FoundZone {
  /** What people tell it apart by: a resource group, the name of a managed zone. */
  readonly label: string
  /** Lower case, without the dot of the root. */
  readonly nameServers: readonly string[]
}

/** The name servers to which a zone is delegated, lower case, without the dot of the root. */
export type Delegation = (zone: string) => Promise<readonly string[]>

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.every((one) => others.includes(one)) && others.every((one) => some.includes(one))
}

/**
 * The one zone of this name. Of several, the one whose name servers are those that the zone is delegated to. Throws a
 * NotFoundError when there is none, and a RefusedError that names them when they cannot be told apart.
 */
export async function chooseZone<Zone extends FoundZone>(
  found: readonly Zone[],
  name: string,
  where: string,
  delegation: Delegation = async () => [],
): Promise<Zone> {
  const tried = `find the zone ${name} in ${where}`
  const [first, ...others] = found
  if (first === undefined)
    throw new NotFoundError({
      tried,
      said: 'there is no public zone of this name, or the credential may not see it',
      hint: 'Check the name of the zone, the account, and what the credential may read.',
    })
  if (others.length === 0) return first
  const delegated = await delegation(name)
  const [live, ...alsoLive] = found.filter(({ nameServers }) => isSame(nameServers, delegated))
  if (live !== undefined && alsoLive.length === 0) return live
  const labels = found.map(({ label, nameServers }) => `${label} (${nameServers.join(', ')})`).join('; ')
  throw new RefusedError({
    tried,
    said: `there are ${found.length} zones of this name, and none alone has the name servers that it is delegated to: ${labels}`,
    hint: 'Nothing was changed. Use a credential that sees only the zone in use, or remove the others.',
  })
}
