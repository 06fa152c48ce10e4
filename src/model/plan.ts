import type { Json, JsonObject } from './json.ts'
import type { Call, Edit, NotRebuildable, ObjectRef } from './resource.ts'
import type { DnsProviderId, PlatformId, RegionId, SystemId } from './words.ts'

/** What the operator decided about mail that goes to the vendor by MX records. */
export interface MxDecisions {
  /** As given; the first stands for the tenant. */
  readonly domains: readonly string[]
  /** The MX to go back to, as given: '10 mail.example.com', or the name of a service, 'microsoft365', 'google'. */
  readonly previous: readonly string[]
  /** Hosts that are surely the vendor's. */
  readonly vendorHosts: readonly string[]
  /** Values at `_amazonses` that are surely the vendor's. */
  readonly vendorTxt: readonly string[]
  readonly provider: DnsProviderId
  /** The zone that holds the domains, when they are not zones themselves. */
  readonly zone?: string
}

/** What the operator decided about lookalikes and blockers, and how long to wait. Part of the hash. */
export interface Decisions {
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly allow: readonly string[]
  /** Least wait after the redirect is off, in milliseconds. */
  readonly drainMs: number
  /** Longest wait, in milliseconds. */
  readonly drainMaxMs: number
  /** Takes the rights of the remediation app away too. */
  readonly revokeGrants: boolean
  /** Removes the remediation app. */
  readonly deleteApp: boolean
  /** Takes rules out of Gmail's policies by the Policy API; without it a person does. */
  readonly googlePolicyWrites: boolean
  /** How long changes of Gmail's settings may take to come into effect, in milliseconds. */
  readonly effectWaitMs: number
  /** For platforms that change DNS. */
  readonly mx?: MxDecisions
}

/** One object to remove or create, or one property or list entry to edit. */
export interface Change {
  /** 'rule:Perception Point Redirect Rule' */
  readonly id: string
  /** The step that makes it. */
  readonly step: string
  /** What fails in one lane stops no other: the domain that a change is about, where a plan has several. */
  readonly lane?: string
  readonly system: SystemId
  /** The kind of object, 'transport-rule'. */
  readonly kind: string
  readonly action: 'remove' | 'edit' | 'create'
  /** What people call it: the object's name, or the list entry. */
  readonly name: string
  /** One line for people: what it does today. */
  readonly detail: string
  /** Why it is surely the vendor's, or that the operator included it. */
  readonly reason: string
  /** The object it is about. For `create` the guid is empty: the service gives one. */
  readonly object: ObjectRef
  /** For `edit`. */
  readonly edit?: Edit
  /** What must be as it was when the change is made: the whole object, or only what is edited. */
  readonly restsOn: 'object' | 'edit'
  /** Normalised writable properties before; for `create`, as they will be. */
  readonly before: JsonObject
  /** SHA-256 of what this change rests on: the whole of `before`, or for a list entry that entry alone. */
  readonly fingerprint: string
  /** How it would be put back. */
  readonly undo: Undo
  /** For `create`: the calls that make it. */
  readonly calls?: readonly Call[]
}

/** How a change is undone: calls that make the object again, the reverse edit, or why neither is possible. */
export type Undo = { readonly calls: readonly Call[] } | { readonly edit: Edit } | NotRebuildable

/** Where an object stood among all of its kind: those before it, first to last. */
export type Order = Readonly<Record<string, readonly ObjectRef[]>>

/** Something that was found and is not touched. */
export interface Finding {
  readonly id: string
  /** The kind of object, 'transport-rule'. */
  readonly kind: string
  readonly name: string
  readonly reason: string
}

/** Surely the vendor's, and kept because the operator excluded it; for a restore: what is not put back. */
export interface Kept extends Finding {
  readonly step: string
  /** For a restore: it was removed and cannot be made again, so a person has to. */
  readonly lost?: true
}

/** Like the footprint but not surely it. Kept until the operator decides. */
export interface Lookalike extends Finding {
  /** The step that would take it when it is included. */
  readonly step: string
  readonly detail: string
  readonly decision: 'undecided' | 'exclude'
}

/** Of the vendor, outside the procedure. Reported with its harm, not touched. */
export interface Leftover extends Finding {
  readonly harm: string
  /** How to remove it by hand. */
  readonly remedy: string
}

/** A reason not to run. */
export interface Blocker extends Finding {
  /** Whether `--allow` makes sense. */
  readonly waivable: boolean
  readonly waived: boolean
}

/** A read that failed. `required` ones make the plan incomplete. */
export interface Unread {
  readonly kind: string
  readonly reason: string
  readonly required: boolean
  /** Only this lane is incomplete: nothing of it is in the plan, and the others are carried out. */
  readonly lane?: string
}

/** A set of DNS records before and after, as the plan shows it. */
export interface PlannedRecordSet {
  readonly zone: string
  /** As people know it. */
  readonly name: string
  readonly type: string
  /** In seconds. */
  readonly ttl: number
  /** As in `Change`: whether all of it is as it must be, or only what is changed. */
  readonly restsOn: 'object' | 'edit'
  /** Values in the form of zone files. */
  readonly before: readonly string[]
  readonly after: readonly string[]
}

/** A wait that the run will make. */
export interface PlannedWait {
  readonly id: string
  readonly title: string
  readonly atLeastMs: number
  readonly atMostMs: number
  /** Go on after this time when nothing can tell whether it is over. */
  readonly unreadableMs: number
}

/** A guided step as the plan shows it. */
interface PlannedGuide {
  readonly id: string
  readonly title: string
  readonly optional: boolean
  readonly link: string
  /** What was found for a person to take away, where it can be read. */
  readonly objects?: readonly Finding[]
}

/** Survey and footprint made into decisions. Immutable, versioned, hashed. */
export interface Plan {
  readonly format: 'offboard.plan/1'
  /** Version of this program. */
  readonly tool: string
  /** ISO 8601, UTC. */
  readonly createdAt: string
  /** Taking off, or putting back what `restores` names. */
  readonly purpose: 'offboard' | 'restore'
  /** For a restore: the run whose changes are put back. */
  readonly restores?: string
  readonly tenant: ObjectRef
  readonly platform: PlatformId
  readonly regions: readonly RegionId[]
  readonly footprint: string
  readonly decisions: Decisions
  /** The steps of the procedure in their order, with their titles for people. */
  readonly steps: readonly { readonly id: string; readonly title: string }[]
  readonly changes: readonly Change[]
  readonly waits: readonly PlannedWait[]
  readonly guided: readonly PlannedGuide[]
  /** Surely the vendor's, and excluded by the operator. */
  readonly kept: readonly Kept[]
  readonly lookalikes: readonly Lookalike[]
  readonly leftovers: readonly Leftover[]
  readonly blockers: readonly Blocker[]
  readonly unread: readonly Unread[]
  /** What the guards rested on; part of the hash. */
  readonly facts: Readonly<Record<string, Json>>
  /** Sets of DNS records that it changes, or has a person change, whole; part of the hash. */
  readonly recordSets?: readonly PlannedRecordSet[]
  /** The order of all objects of kinds whose order matters, by kind; not part of the hash. */
  readonly order: Order
  /** IDs in --include, --exclude and --allow that matched nothing. */
  readonly unmatched: readonly string[]
  /** SHA-256, hex. */
  readonly hash: string
}

/** Who approved what, how and when: kept in the journal. */
export interface Approval {
  readonly hash: string
  readonly how: 'typed' | 'plan-file' | 'plan-hash' | 'yes'
  /** The account that ran the command. */
  readonly who: string
  /** ISO 8601, UTC. */
  readonly at: string
}

declare const approved: unique symbol

/** A plan that was approved and that has just been found to be still true. Only the guard makes one. */
export interface ApprovedPlan {
  readonly [approved]: true
  readonly plan: Plan
  readonly approval: Approval
}
