import type { SystemReader } from './adapter.ts'
import type { Footprint } from './footprint.ts'
import type { Json } from './json.ts'
import type {
  Blocker,
  Change,
  Decisions,
  Finding,
  Kept,
  Leftover,
  Plan,
  PlannedRecordSet,
  PlannedWait,
  Unread,
} from './plan.ts'
import type { Edit, TenantObject } from './resource.ts'
import type { StepGuard } from './step-guard.ts'
import type { Survey } from './survey.ts'
import type { WaitAnswer, WaitContext, WaitGround } from './wait.ts'
import type { Ground, PlatformId, SystemId } from './words.ts'

/** Whether an object is the vendor's. */
export type Verdict =
  | { readonly is: 'vendor'; readonly reason: string }
  | { readonly is: 'lookalike'; readonly reason: string }
  | { readonly is: 'other' }

/** What matching rests on: the footprint, and all that was read. */
export interface MatchContext {
  readonly footprint: Footprint
  readonly survey: Survey
}

/** Decides about one object. Pure. */
type Matcher = (object: TenantObject, context: MatchContext) => Verdict

/** Kinds of object that a `remove` step takes, and how their IDs begin. */
interface RemovalTarget {
  /** 'transport-rule' */
  readonly kind: string
  /** 'rule' */
  readonly prefix: string
  readonly match: Matcher
  /** One line for people: what the object does today. */
  detail(object: TenantObject): string
}

/** An edit or a removal that a step would make, before the operator's decisions. */
export interface Proposal {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly detail: string
  readonly object: TenantObject
  /** Without one the object itself is removed. */
  readonly edit?: Edit
  /** What must be as it was when the change is made: the whole object, or only what is edited. */
  readonly restsOn: 'object' | 'edit'
  readonly verdict: Verdict
  /** As in `Change`. */
  readonly lane?: string
  /** A person does it: the plan lists it with the guided step of the same heading, and changes nothing. */
  readonly byHand?: boolean
}

/** What a proposing step may ask besides. */
export interface ProposalContext extends MatchContext {
  readonly decisions: Decisions
  /** Whether the plan removes this object. */
  isRemoved(object: TenantObject): boolean
  /** Of these proposals of the step, those that the operator's decisions leave in the plan. */
  taken(proposals: readonly Proposal[]): readonly Proposal[]
}

interface StepBase {
  /** An automatic step and the guided one by which a person does the same have one id: they are one heading. */
  readonly id: string
  readonly title: string
  /** Steps that must be verified first. By default the one before. */
  readonly after?: readonly string[]
  /** Steps of `after` that need not be, each with the ID in --allow that waives it. */
  readonly waivers?: Readonly<Record<string, string>>
}

interface AutomaticStep extends StepBase {
  readonly system: SystemId
  readonly guard?: StepGuard
  /** Whether a change is made even when the service refused one before it in this step. By default none is. */
  independent?(change: Change): boolean
  /** What the service refuses is left to the person of the guided step with the same id. By default the run fails. */
  readonly refusedByHand?: boolean
  /** What the caller must be allowed to run: cmdlets for Exchange. `doctor` and the docs read it. */
  readonly permissions: readonly string[]
}

export interface RemoveStep extends AutomaticStep {
  readonly kind: 'remove'
  readonly targets: readonly RemovalTarget[]
}

export interface EditStep extends AutomaticStep {
  readonly kind: 'edit'
  /** Kinds that are listed again before and after. */
  readonly kinds: readonly string[]
  propose(context: ProposalContext): readonly Proposal[]
}

/** Makes objects that are planned with their calls; only restore has such steps. */
export interface CreateStep extends AutomaticStep {
  readonly kind: 'create'
  readonly kinds: readonly string[]
}

export interface WaitStep extends StepBase {
  readonly kind: 'wait'
  /** Why it waits at least so long, in one phrase. */
  readonly why: string
  /** It is counted from when what it comes after was proven, not from when the run came to it or a person spoke. */
  readonly fromProof?: true
  /** Planned when the plan's changes, or what a person does, need it; undefined when not. */
  plan(changes: readonly Change[], decisions: Decisions, found: WaitGround): PlannedWait | undefined
  until(context: WaitContext): Promise<WaitAnswer>
}

/** What the operator decided, besides. */
export interface DecidedContext extends MatchContext {
  readonly decisions: Decisions
}

/** Why a guided step may not be done yet: what still routes to the vendor, one phrase each. */
interface Lock {
  readonly reasons: readonly string[]
}

/** Whether what a guided step takes away is still there, and what tells so: one sentence for people. */
export interface Evidence {
  readonly is: 'gone' | 'present' | 'unknown'
  readonly evidence: string
  readonly rests?: Ground
}

/** What a check of a guided step goes by, besides what it reads. */
export interface CheckContext {
  readonly footprint: Footprint
  readonly decisions: Decisions
  readonly now: Date
  /** When the plan was made. */
  readonly planned: Date
  /** When a person said that it was done, or a read told; undefined when neither has. */
  readonly since?: Date
}

/** A file that goes with a guided step: the letter, as text and `.eml`. */
export interface Attachment {
  readonly name: string
  readonly content: string
}

export interface GuidedStep extends StepBase {
  readonly kind: 'guided'
  readonly optional: boolean
  /** Once it is done the tenant cannot be read any more: a person's word is taken without a read. */
  readonly endsAccess?: boolean
  /** A person's word alone leaves it unverified, until its check says that it is gone. */
  readonly provable?: boolean
  readonly link: string
  /** Whether it is in the plan, given what would change, and what of it a person does. By default it is. */
  isPlanned?(changes: readonly Change[], decisions: Decisions, objects: readonly Finding[]): boolean
  /** Lines for the person who does it; what is to be copied letter by letter is made with `toCopy`. */
  instructions(context: DecidedContext): readonly string[]
  attachments?(context: DecidedContext): readonly Attachment[]
  /** What speaks against doing it now. Empty: it may be done. */
  lock(context: DecidedContext): Lock
  /** What can be read of whether it was done. */
  check?(systems: ReadonlyMap<SystemId, SystemReader>, context: CheckContext): Promise<Evidence>
}

/** One heading of the procedure. Plan, run, guide, docs and the permission check read the same list. */
export type Step = RemoveStep | EditStep | CreateStep | WaitStep | GuidedStep

/** A read that the survey makes. */
export interface SurveyRead {
  readonly system: SystemId
  readonly kind: string
  /** A plan without it would be incomplete; the others are reported as "not checked". */
  readonly required: boolean | ((footprint: Footprint) => boolean)
}

/** A property that is set beside another edit of the same object. */
interface BesideEdit {
  readonly id: string
  readonly name: string
  readonly edit: Extract<Edit, { kind: 'set' }>
}

/** How what a platform's run changed is put back. */
export interface RestoreProcedure {
  readonly steps: readonly Step[]
  readonly reads: readonly SurveyRead[]
  /** The step of the procedure that switched the redirect off. */
  readonly redirectStep: string
  /** By kind of object: the step that makes it again. */
  readonly createSteps: Readonly<Record<string, string>>
  /** Kinds that are made switched off, and how they are switched. */
  readonly switches: Readonly<
    Record<string, { readonly property: string; readonly on: string; readonly off: string }>
  >
  /** What an object that is made again would lack, in one phrase: of what is there, and of what is made with it. */
  lacks(
    change: Change,
    objects: (kind: string) => readonly TenantObject[],
    made: readonly Change[],
  ): string | undefined
  /** Kinds of which an object is put back only when nobody has changed it since, but for what the run did. */
  readonly untouched?: readonly string[]
  /** Reasons not to put back, given what would be done. */
  blockers?(
    changes: readonly Change[],
    objects: (kind: string) => readonly TenantObject[],
  ): readonly Finding[]
  /** What else is set of an object when this edit of it is taken back, so that it is as before; undefined: nothing. */
  beside?(change: Change, object: TenantObject, plan: Plan): BesideEdit | undefined
  /** What a person did in the run, and has to take back. */
  byHand?(plan: Plan): readonly Kept[]
  /** As of `Platform`, for what is put back. */
  recordSets?(
    changes: readonly Change[],
    objects: (kind: string) => readonly TenantObject[],
  ): readonly PlannedRecordSet[]
}

/** A procedure of the vendor's page. */
export interface Platform {
  readonly id: PlatformId
  readonly title: string
  readonly steps: readonly Step[]
  readonly reads: readonly SurveyRead[]
  /** Kinds whose order matters and is saved. */
  readonly ordered: readonly string[]
  readonly restore: RestoreProcedure
  leftovers(context: DecidedContext): readonly Leftover[]
  /** What was asked for and not answered, besides reads that failed whole. */
  unchecked?(context: DecidedContext): readonly Unread[]
  /** Sets of DNS records that a step or a person changes, given what goes and comes. */
  recordSets?(context: DecidedContext, changes: readonly Change[]): readonly PlannedRecordSet[]
  /** Reasons not to run, given what would change. */
  blockers(context: DecidedContext, changes: readonly Change[]): readonly Omit<Blocker, 'waived'>[]
  /** What the guards rested on, given what would change. */
  facts(context: MatchContext, changes: readonly Change[]): Readonly<Record<string, Json>>
}
