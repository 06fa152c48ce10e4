import { isBelow, type NewRecordSet, putSet, setOf, type Zone } from '../zones.ts'
import { invalidBatch, Route53Refusal } from './errors.ts'
import { shownValue, takenValue } from './values.ts'
import { elements, textOf, textsIn } from './xml.ts'

interface Change {
  readonly action: string
  readonly name: string
  readonly type: string
  readonly ttl: number
  /** As they are sent. */
  readonly values: readonly string[]
}

function readChange(xml: string): Change {
  return {
    action: textOf(xml, 'Action') ?? '',
    name: (textOf(xml, 'Name') ?? '').toLowerCase().replace(/\.$/, ''),
    type: textOf(xml, 'Type') ?? '',
    ttl: Number(textOf(xml, 'TTL') ?? Number.NaN),
    values: textsIn(xml, 'Value'),
  }
}

function spoken({ name, type }: Change): string {
  return `[name='${name}.', type='${type}']`
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.toSorted().join('\n') === other.toSorted().join('\n')
}

/** Each does what it is for, or says why it cannot. */
type Act = (zone: Zone, change: Change, next: NewRecordSet) => string | undefined

function create(zone: Zone, change: Change, next: NewRecordSet): string | undefined {
  if (setOf(zone, change.name, change.type) !== undefined)
    return `Tried to create resource record set ${spoken(change)} but it already exists`
  putSet(zone, next)
  return undefined
}

/** A set is deleted only by all that it is, letter by letter. */
function remove(zone: Zone, change: Change): string | undefined {
  const { name, type, ttl, values } = change
  const set = setOf(zone, name, type)
  if (set === undefined) return `Tried to delete resource record set ${spoken(change)} but it was not found`
  const shown = set.values.map((value) => shownValue(type, value))
  if (set.ttl !== ttl || !isSame(shown, values))
    return `Tried to delete resource record set ${spoken(change)} but the values provided do not match the current values`
  putSet(zone, { ...set, values: [] })
  return undefined
}

function upsert(zone: Zone, _change: Change, next: NewRecordSet): undefined {
  putSet(zone, next)
}

const acts: Readonly<Record<string, Act>> = { CREATE: create, DELETE: remove, UPSERT: upsert }

function valuesOf(change: Change): readonly string[] {
  return change.values.map((value) => {
    const taken = takenValue(change.type, value)
    if (taken !== undefined) return taken
    throw invalidBatch([
      `Invalid Resource Record: 'FATAL problem: ${change.type === 'TXT' ? 'InvalidCharacterString' : 'ARRDATAIllegal'} (Value is not valid) encountered with '${value}''`,
    ])
  })
}

function carryOut(zone: Zone, change: Change): string | undefined {
  const { action, name, type, ttl } = change
  const act = acts[action]
  if (act === undefined || change.values.length === 0 || !(ttl >= 0 && ttl <= 2_147_483_647))
    throw new Route53Refusal(400, 'InvalidInput', 'Invalid XML ; a change lacks an action, a TTL or values')
  if (!isBelow(name, zone.name)) return `RRSet with DNS name ${name}. is not permitted in zone ${zone.name}.`
  return act(zone, change, { name, type, ttl, values: valuesOf(change) })
}

/** Carries out a batch, whole or not at all. Throws a Route53Refusal. */
export function applyChanges(zone: Zone, body: string): void {
  const changes = elements(body, 'Change').map(readChange)
  if (changes.length === 0) throw new Route53Refusal(400, 'InvalidInput', 'Invalid XML ; no changes')
  const work: Zone = { ...zone }
  const messages = changes.flatMap((change) => carryOut(work, change) ?? [])
  if (messages.length > 0) throw invalidBatch(messages)
  zone.serial = work.serial
  zone.sets = work.sets
}
