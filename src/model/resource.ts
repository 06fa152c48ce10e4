import type { Json, JsonObject } from './json.ts'

/** Names one object of a tenant for good: by id, and by the name that people know. */
export interface ObjectRef {
  readonly guid: string
  readonly name: string
}

/** An object of a tenant, whole, as the service answered it. Transport sidecars are dropped, nothing else. */
export interface TenantObject extends ObjectRef {
  readonly properties: JsonObject
}

/** One command of the system, with its parameters: how an object would be made again. */
export interface Call {
  readonly command: string
  readonly parameters: JsonObject
}

/** Why an object could not be made again exactly as it is: one sentence for each reason. */
export interface NotRebuildable {
  readonly notRebuildable: readonly string[]
}

/** One property, or one entry of a list, of one object. */
export type Edit =
  | { readonly kind: 'set'; readonly property: string; readonly from: Json; readonly to: Json }
  | { readonly kind: 'remove-entry'; readonly property: string; readonly entry: string }
  | { readonly kind: 'add-entry'; readonly property: string; readonly entry: string }

/**
 * A kind of object in a tenant: how it is listed, removed, edited and made again. An adapter states one for
 * each kind. `list` returns all of them, so that lookalikes and dependants are seen.
 */
export interface Resource<Reader, Writer extends Reader> {
  /** 'transport-rule' */
  readonly kind: string
  list(system: Reader): Promise<readonly TenantObject[]>
  /**
   * What of the object an administrator could write, normalised so that it is the same over every transport and
   * after a restore: no priority, dates, versions, ids or defaults. Fingerprints are made of this.
   */
  writable(object: TenantObject): JsonObject
  /** The calls that would make the object again, made up at plan time and used by restore. */
  rebuild(object: TenantObject): readonly Call[] | NotRebuildable
  /** Properties of `writable` that tell an object apart that has no id yet. By default its name does. */
  readonly identifying?: readonly string[]
  /** As in `ReadableResource`. */
  readonly collateral?: ReadableResource['collateral']
  /** As in `ReadableResource`. */
  readonly unread?: ReadableResource['unread']
  /** As in `ReadableResource`. */
  readonly unsettled?: ReadableResource['unsettled']
  /** Removes by id. An object that is absent already is a success. */
  remove(system: Writer, objects: readonly ObjectRef[]): Promise<void>
  /** Applies all edits of one object, in one request where the system can. */
  edit(system: Writer, object: ObjectRef, edits: readonly Edit[]): Promise<void>
  create(system: Writer, calls: readonly Call[]): Promise<void>
  /** For kinds whose order matters: the call that makes the object, at this place (0 is first). */
  place?(call: Call, position: number): Call
}

/** A resource bound to a system that can only be read. All that a dry run ever holds. */
export interface ReadableResource {
  readonly kind: string
  /** Reads may go to replicas that lag: what one read shows the next may not, and the reverse. */
  readonly replicated?: boolean
  /** Properties of `writable` that tell an object apart that has no id yet. By default its name does. */
  readonly identifying?: readonly string[]
  list(): Promise<readonly TenantObject[]>
  /**
   * Why an object that was listed could not be read, as one phrase: how it stands is not known then, and nothing in it
   * is compared. undefined: it was read.
   */
  unread?(object: TenantObject): string | undefined
  /**
   * What still speaks against believing a read of an object, as one phrase: 'ns2.example.net still answers with the
   * old set'. A change of it counts as verified only when nothing does.
   */
  unsettled?(object: TenantObject): string | undefined
  writable(object: TenantObject): JsonObject
  rebuild(object: TenantObject): readonly Call[] | NotRebuildable
  place?(call: Call, position: number): Call
  /**
   * What else changed with a removal whose write was cut off, one phrase each: `saved` is the object as it was before,
   * `removed` are the ids that this run takes away. For kinds of which several objects are written as one.
   */
  collateral?(
    saved: TenantObject,
    now: readonly TenantObject[],
    removed: ReadonlySet<string>,
  ): readonly string[]
}

/** A resource bound to a system that may be written: exists only inside a run with an approved plan. */
export interface WritableResource extends ReadableResource {
  remove(objects: readonly ObjectRef[]): Promise<void>
  edit(object: ObjectRef, edits: readonly Edit[]): Promise<void>
  create(calls: readonly Call[]): Promise<void>
}

/** Something that is only ever read: what leftovers are looked for in. */
export interface Source {
  readonly kind: string
  list(): Promise<readonly TenantObject[]>
}
