import { PermissionError } from '../../../src/model/errors.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import { textOf } from '../json.ts'
import type { GoogleReader } from '../transport.ts'
import type { Policy } from './policy.ts'

/** Where a policy holds: '/', '/Sales', 'group sales@contoso.com'; its id where the name may not be read. */
export type PlaceOf = (policy: Policy) => string

/** Names of places are a help for people: who may not read them works with ids. */
async function orNone(read: () => Promise<readonly JsonObject[]>): Promise<readonly JsonObject[]> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof PermissionError) return []
    throw error
  }
}

/** The Directory API writes 'id:03ph…' for what a policy calls 'orgUnits/03ph…'. */
function unitPaths(units: readonly JsonObject[]): ReadonlyMap<string, string> {
  return new Map(
    units.map((unit) => [
      `orgUnits/${(textOf(unit, 'orgUnitId') ?? '').replace(/^id:/, '')}`,
      textOf(unit, 'orgUnitPath') ?? '',
    ]),
  )
}

function groupNames(groups: readonly JsonObject[]): ReadonlyMap<string, string> {
  return new Map(
    groups.map((group) => [`groups/${textOf(group, 'id') ?? ''}`, `group ${textOf(group, 'email') ?? ''}`]),
  )
}

/** Reads what the places of these policies are called; asks for groups only when one of them is for a group. */
export async function placesOf(google: GoogleReader, policies: readonly Policy[]): Promise<PlaceOf> {
  const isForGroups = policies.some(({ group }) => group !== undefined)
  const [units, groups] = await Promise.all([
    policies.length === 0 ? [] : orNone(google.orgUnits),
    isForGroups ? orNone(google.groups) : [],
  ])
  const paths = unitPaths(units)
  const names = groupNames(groups)
  return ({ orgUnit, group, name }) => {
    if (group !== undefined) return names.get(group) ?? group
    return orgUnit === undefined ? name : paths.get(orgUnit) || orgUnit
  }
}
