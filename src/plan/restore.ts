import { changeId } from '../model/name.ts'
import type { Change, Decisions, Finding, Kept, Plan } from '../model/plan.ts'
import type { RestoreProcedure } from '../model/platform.ts'
import type { TenantObject } from '../model/resource.ts'
import type { Survey } from '../model/survey.ts'
import { canonical, digest } from './canonical.ts'
import type { Describe } from './describe.ts'
import { isInEffect, reverse } from './edit.ts'
import { planHash } from './hash.ts'
import { changedSince } from './restore-untouched.ts'
import { isSameObject } from './same-object.ts'

export interface RestoreInput {
  readonly run: { readonly id: string; readonly plan: Plan }
  /** The changes of that run that took place, or may have. */
  readonly made: readonly Change[]
  readonly procedure: RestoreProcedure
  readonly survey: Survey
  readonly describe: Describe
  readonly enableRedirect: boolean
  readonly decisions: Decisions
  /** Version of this program. */
  readonly tool: string
}

/** What becomes of one change of the run: changes that put it back, or why there is none. */
type Restored =
  | { readonly changes: readonly Change[] }
  | { readonly kept: Kept }
  | { readonly blocker: Finding }

function objectsOf(input: RestoreInput, kind: string): readonly TenantObject[] {
  const read = input.survey.objects.get(kind)
  return read?.ok === true ? read.value : []
}

function kept(change: Change, reason: string): Restored {
  return { kept: { id: change.id, step: change.step, kind: change.kind, name: change.name, reason } }
}

/** The object as it will be when it has just been made: switched off where its kind can be. */
function switchedOff(change: Change, { procedure }: RestoreInput): Change['before'] {
  const toggle = procedure.switches[change.kind]
  return toggle === undefined ? change.before : { ...change.before, [toggle.property]: toggle.off }
}

function isRedirect(change: Change, { run, procedure }: RestoreInput): boolean {
  return run.plan.changes.some(
    (other) => other.step === procedure.redirectStep && other.object.guid === change.object.guid,
  )
}

/** Switching on again what was on before; the redirect only when it is asked for, and last. */
function switchOn(change: Change, input: RestoreInput): readonly Change[] {
  const { procedure, enableRedirect } = input
  const toggle = procedure.switches[change.kind]
  if (toggle === undefined || change.before[toggle.property] !== toggle.on) return []
  const redirect = isRedirect(change, input)
  if (redirect && !enableRedirect) return []
  const edit = { kind: 'set', property: toggle.property, from: toggle.off, to: toggle.on } as const
  const before = switchedOff(change, input)
  return [
    {
      ...change,
      id: changeId(redirect ? procedure.redirectStep : 'enable', change.object.name),
      step: redirect ? 'redirect' : 'enable',
      action: 'edit',
      reason: 'it was on before',
      object: { guid: '', name: change.object.name },
      edit,
      restsOn: 'object',
      before,
      fingerprint: digest(before),
      undo: { edit: { ...edit, from: edit.to, to: edit.from } },
    },
  ]
}

/** What was removed all the same as it was named with --include: a person has to make it again. */
function lost(change: Change): Restored {
  const reasons = 'notRebuildable' in change.undo ? change.undo.notRebuildable : []
  const reason = `it cannot be made again: ${reasons.join('; ') || 'it is not known how'}`
  return {
    kept: { id: change.id, step: change.step, kind: change.kind, name: change.name, reason, lost: true },
  }
}

function create(change: Change, input: RestoreInput): Restored {
  if (!('calls' in change.undo)) return lost(change)
  const before = switchedOff(change, input)
  const made: Change = {
    ...change,
    step: input.procedure.createSteps[change.kind] ?? change.step,
    action: 'create',
    reason: `removed by run ${input.run.id}`,
    object: { guid: '', name: change.object.name },
    restsOn: 'object',
    before,
    fingerprint: digest(before),
    undo: { notRebuildable: ['it is removed by name'] },
    calls: change.undo.calls,
  }
  return { changes: [made, ...switchOn(change, input)] }
}

function restoreRemoval(change: Change, input: RestoreInput): Restored {
  const objects = objectsOf(input, change.kind)
  if (objects.some(({ guid }) => guid === change.object.guid)) return kept(change, 'it is still there')
  const kind = input.describe(change.kind)
  const writable = (object: TenantObject) => kind?.writable(object) ?? {}
  const planned = { name: change.object.name, writable: change.before }
  const namesake = objects.find((object) =>
    isSameObject(planned, { name: object.name, writable: writable(object) }, kind?.identifying),
  )
  if (namesake === undefined) return create(change, input)
  const now = writable(namesake)
  const likely = [change.before, switchedOff(change, input)].map(canonical)
  if (canonical(now) === likely[0]) return kept(change, 'it has been put back already')
  if (canonical(now) === likely[1]) {
    const changes = switchOn(change, input)
    return changes.length > 0 ? { changes } : kept(change, 'it has been put back already')
  }
  return {
    blocker: {
      id: `name-in-use:${change.id}`,
      kind: change.kind,
      name: change.name,
      reason: 'another object has this name now: rename or delete it, or leave it out with --only',
    },
  }
}

/** Whether the object of an edit was removed too: then it comes back as a whole. */
function comesBack(change: Change, { made }: RestoreInput): boolean {
  return made.some((other) => other.action === 'remove' && other.object.guid === change.object.guid)
}

function changedByOthers({ id, kind, name }: Change, difference: string): Finding {
  const reason = `somebody has changed it since: ${difference}; put it right by hand, or leave it out with --only`
  return { id: `changed:${id}`, kind, name, reason }
}

/** What is set beside an edit that is taken back. */
function besides(change: Change, object: TenantObject, { procedure, run }: RestoreInput): readonly Change[] {
  const more = procedure.beside?.(change, object, run.plan)
  if (more === undefined) return []
  const before = { [more.edit.property]: more.edit.from }
  const undo = { edit: reverse(more.edit) }
  return [{ ...change, ...more, restsOn: 'edit', before, fingerprint: digest(before), undo }]
}

function restoreEdit(change: Change, input: RestoreInput): Restored {
  if (!('edit' in change.undo)) return kept(change, 'it cannot be taken back')
  const edit = change.undo.edit
  const redirect = change.step === input.procedure.redirectStep
  if (redirect && !input.enableRedirect) return kept(change, 'it stays off: --enable-redirect switches it on')
  const object = objectsOf(input, change.kind).find(({ guid }) => guid === change.object.guid)
  if (object === undefined)
    return comesBack(change, input) ? { changes: [] } : kept(change, 'the object is no longer there')
  if (isInEffect(edit, object.properties)) return kept(change, 'it is as before already')
  const writable = input.describe(change.kind)?.writable(object) ?? {}
  const difference = input.procedure.untouched?.includes(change.kind)
    ? changedSince(change, input.run.plan, writable)
    : undefined
  if (difference !== undefined) return { blocker: changedByOthers(change, difference) }
  const part = edit.kind === 'set' ? { [edit.property]: edit.from } : { [edit.property]: [edit.entry] }
  const before = change.restsOn === 'object' ? writable : part
  const restored: Change = {
    ...change,
    step: redirect ? 'redirect' : change.step,
    reason: `changed by run ${input.run.id}`,
    edit,
    before,
    fingerprint: digest(before),
    undo: { edit: change.edit ?? edit },
  }
  return { changes: [restored, ...besides(restored, object, input)] }
}

/** What could not be made as it is planned: the service would refuse it half way. */
function lacking(changes: readonly Change[], input: RestoreInput): readonly Finding[] {
  const made = changes.filter(({ action }) => action === 'create')
  return made.flatMap((change) => {
    const reason = input.procedure.lacks(change, (kind) => objectsOf(input, kind), made)
    const { id, kind, name } = change
    return reason === undefined ? [] : { id: `lacking:${id}`, kind, name, reason }
  })
}

/** A plan that puts back what a run changed. Approved, carried out and resumed as any plan is. */
export function buildRestorePlan(input: RestoreInput): Plan {
  const { run, survey, made, decisions, procedure } = input
  const results = made.map((change) =>
    change.action === 'edit' ? restoreEdit(change, input) : restoreRemoval(change, input),
  )
  const found = results.flatMap((result) => ('changes' in result ? result.changes : []))
  const changes = [...new Map(found.map((change) => [change.id, change])).values()]
  const taken = results.flatMap((result) => ('blocker' in result ? result.blocker : []))
  const objects = (kind: string) => objectsOf(input, kind)
  const against = procedure.blockers?.(changes, objects) ?? []
  const blockers = [...taken, ...lacking(changes, input), ...against]
  const recordSets = procedure.recordSets?.(changes, objects) ?? []
  const { mx } = run.plan.decisions
  const rank = new Map(procedure.steps.map((step, index) => [step.id, index]))
  const bySteps = changes.toSorted((a, b) => (rank.get(a.step) ?? 0) - (rank.get(b.step) ?? 0))
  const plan = {
    format: 'offboard.plan/1',
    tool: input.tool,
    createdAt: survey.takenAt,
    purpose: 'restore',
    restores: run.id,
    tenant: { guid: survey.tenant.id, name: survey.tenant.name },
    platform: run.plan.platform,
    regions: run.plan.regions,
    footprint: run.plan.footprint,
    decisions: mx === undefined ? decisions : { ...decisions, mx },
    steps: procedure.steps.map(({ id, title }) => ({ id, title })),
    changes: bySteps,
    waits: [],
    guided: [],
    kept: [
      ...results.flatMap((result) => ('kept' in result ? result.kept : [])),
      ...(procedure.byHand?.(run.plan) ?? []),
    ],
    lookalikes: [],
    leftovers: [],
    blockers: blockers.map((blocker) => ({ ...blocker, waivable: false, waived: false })),
    unread: [...survey.objects].flatMap(([kind, read]) =>
      read.ok ? [] : { kind, reason: read.reason, required: true },
    ),
    facts: { enableRedirect: input.enableRedirect },
    ...(recordSets.length === 0 ? {} : { recordSets }),
    order: run.plan.order,
    unmatched: [],
  } satisfies Omit<Plan, 'hash'>
  return { ...plan, hash: planHash(plan) }
}
