import type { Json } from '../../../src/model/json.ts'
import type { Form } from './forms.ts'

/**
 * What a property of an object is to whoever makes the object again.
 * - `setting` `condition` `exception` `action`: a parameter of the New- cmdlet, sent unless it is not set
 * - `explicit`: the same, and always sent, as leaving it out may not mean false
 * - `afterwards`: a parameter of the Set- cmdlet only
 * - `stamp`: a parameter too, and no part of comparisons, as the service does not keep it as it was sent
 * - `state`: has cmdlets of its own
 * - `unsendable`: part of what the object does, and no cmdlet takes it
 * - `derived`: the service's own
 */
export type Use =
  | 'setting'
  | 'condition'
  | 'exception'
  | 'action'
  | 'explicit'
  | 'afterwards'
  | 'stamp'
  | 'state'
  | 'unsendable'
  | 'derived'

export interface Property {
  readonly use: Use
  readonly form: Form
  /** Values that mean "not set", normalised. */
  readonly unset?: readonly Json[]
}

/** The properties of a kind of object, by name. */
export type PropertyTable = ReadonlyMap<string, Property>
type Entry = readonly [string, Property]

/** Entries of a table: names, apart by spaces, that are alike. */
export function properties(use: Use, form: Form, names: string, unset?: readonly Json[]): readonly Entry[] {
  const property = unset === undefined ? { use, form } : { use, form, unset }
  return names
    .trim()
    .split(/\s+/)
    .map((name) => [name, property])
}

export function propertyTable(...groups: readonly (readonly Entry[])[]): PropertyTable {
  return new Map(groups.flat())
}

/** What every object of the directory carries, and what PowerShell adds. */
export const directoryProperties = properties(
  'derived',
  'any',
  `AdminDisplayName DistinguishedName ExchangeObjectId ExchangeVersion Guid Id Identity IsValid NameHashGuid
   ObjectCategory ObjectClass ObjectState OrganizationId OrganizationalUnitRoot OrganizationalUnitRootInternal
   OriginatingServer WhenChanged WhenChangedUTC WhenCreated WhenCreatedUTC
   PSComputerName PSShowComputerName PSSourceJobInstanceId RunspaceId`,
)

/** A property that we do not know may be part of what the object does. */
const unknown: Property = { use: 'unsendable', form: 'any' }

export function propertyOf(table: PropertyTable, name: string): Property {
  return table.get(name) ?? unknown
}
