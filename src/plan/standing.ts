import type { JsonObject } from '../model/json.ts'
import type { Change, Plan } from '../model/plan.ts'
import type { Edit, TenantObject } from '../model/resource.ts'
import { canonical } from './canonical.ts'
import { describeDifferences, propertyDifferences } from './difference.ts'
import { applyEdit, applyEdits, isInEffect } from './edit.ts'
import { isSameObject } from './same-object.ts'

/** How the tenant stands to one change: still to be made, in effect, not as it was planned on, or not known. */
export type Standing =
  | { readonly is: 'pending' }
  | { readonly is: 'effective' }
  | { readonly is: 'drift'; readonly difference: string }
  | { readonly is: 'unread'; readonly reason: string }

export interface StandingInput {
  readonly change: Change
  readonly purpose: Plan['purpose']
  /** All objects of the change's kind, read just now. */
  readonly objects: readonly TenantObject[]
  /** Edits of the same object that this run has begun. */
  readonly ownEdits: readonly Edit[]
  writable(object: TenantObject): JsonObject
  /** Why an object could not be read. By default it was. */
  readonly unread?: ((object: TenantObject) => string | undefined) | undefined
  /** Of the change's kind: properties that tell an object apart that has no id yet; its name, by default. */
  readonly identifying?: readonly string[] | undefined
}

const pending: Standing = { is: 'pending' }
const effective: Standing = { is: 'effective' }

function drift(before: JsonObject, after: JsonObject): Standing {
  return { is: 'drift', difference: describeDifferences(propertyDifferences(before, after)) }
}

/** What we made ourselves has no id at plan time: it is known by its name, or by what its kind is known by. */
function find({ change, objects, writable, identifying }: StandingInput): TenantObject | undefined {
  const { guid, name } = change.object
  if (guid !== '') return objects.find((object) => object.guid === guid)
  if (identifying === undefined) return objects.find((object) => object.name === name)
  const planned = { name, writable: change.before }
  return objects.find((object) =>
    isSameObject(planned, { name: object.name, writable: writable(object) }, identifying),
  )
}

function same(a: JsonObject, b: JsonObject): boolean {
  return canonical(a) === canonical(b)
}

function removal(input: StandingInput, object: TenantObject | undefined): Standing {
  if (object === undefined) return effective
  const { before } = input.change
  const now = input.writable(object)
  const ours = input.ownEdits.reduce((properties, edit) => applyEdit(edit, properties), before)
  return same(now, before) || same(now, ours) ? pending : drift(ours, now)
}

/** Properties that only a later call of the several that make an object sets. */
function laterProperties({ calls = [] }: Change): ReadonlySet<string> {
  return new Set(calls.slice(1).flatMap((call) => Object.keys(call.parameters)))
}

function creation(input: StandingInput, object: TenantObject | undefined): Standing {
  if (object === undefined) return pending
  const { before } = input.change
  const now = input.writable(object)
  const different = propertyDifferences(before, now)
  if (different.length === 0) return effective
  const later = laterProperties(input.change)
  return different.every(({ property }) => later.has(property)) ? pending : drift(before, now)
}

/**
 * Of an edit that rests on its whole object. What this run has begun to do to the object besides may be in effect or
 * not: nothing is read of it here.
 */
function editionOfWhole(
  { change: { before }, ownEdits }: StandingInput,
  edit: Edit,
  now: JsonObject,
): Standing {
  const others = ownEdits.filter((own) => canonical({ ...own }) !== canonical({ ...edit }))
  const isAsPlanned = (edits: readonly Edit[]) => same(applyEdits(edits, now), applyEdits(edits, before))
  if (isInEffect(edit, now) && isAsPlanned([...others, edit])) return effective
  return isAsPlanned(others) ? pending : drift(applyEdits(others, before), now)
}

function edition(input: StandingInput, object: TenantObject | undefined): Standing {
  const { edit, restsOn } = input.change
  if (edit === undefined) return effective
  if (object === undefined)
    return input.purpose === 'offboard' ? effective : { is: 'drift', difference: 'the object is not there' }
  if (restsOn === 'object') return editionOfWhole(input, edit, input.writable(object))
  if (isInEffect(edit, object.properties)) return effective
  const value = object.properties[edit.property] ?? null
  if (edit.kind !== 'set' || canonical(value) === canonical(edit.from)) return pending
  return drift({ [edit.property]: edit.from }, { [edit.property]: value })
}

const judges = { remove: removal, create: creation, edit: edition }

/** Compares one change with the tenant as it was read just now. Pure. */
export function standingOf(input: StandingInput): Standing {
  const object = find(input)
  const reason = object && input.unread?.(object)
  return reason === undefined ? judges[input.change.action](input, object) : { is: 'unread', reason }
}
