import type { Json, JsonObject } from '../model/json.ts'
import type { Change, Plan, PlannedWait } from '../model/plan.ts'
import { type Look, line, type Paragraph, type Section } from './layout.ts'
import { duration } from './time.ts'
import { count, deedOf } from './words.ts'

/** From how many alike changes on they are told as one list. */
const alike = 13

/** A heading of the procedure with what the plan makes of it. */
export interface PlannedStep {
  readonly id: string
  readonly title: string
  readonly changes: readonly Change[]
  readonly wait?: PlannedWait
}

/** The steps of a plan that do something by themselves, in the order of the procedure. */
export function plannedSteps(plan: Plan): readonly PlannedStep[] {
  const ids = new Set([...plan.changes.map(({ step }) => step), ...plan.waits.map(({ id }) => id)])
  return plan.steps
    .filter(({ id }) => ids.has(id))
    .map(({ id, title }) => {
      const wait = plan.waits.find((one) => one.id === id)
      return {
        id,
        title,
        changes: plan.changes.filter(({ step }) => step === id),
        ...(wait === undefined ? {} : { wait }),
      }
    })
}

function waitText({ atLeastMs, atMostMs, unreadableMs }: PlannedWait): string {
  const least = atLeastMs === 0 ? 'wait' : `wait at least ${duration(atLeastMs)}, then`
  return `${least} until it is over, at most ${duration(atMostMs)}; if that cannot be read, go on after ${duration(unreadableMs)} and report "unverified"`
}

function pastReturn({ undo }: Change): readonly Paragraph[] {
  if (!('notRebuildable' in undo)) return []
  return [line(4, `cannot be put back: ${undo.notRebuildable.join('; ')}`, 'yellow')]
}

function valueText(value: Json): string {
  return Array.isArray(value) ? value.map(valueText).join(', ') : JSON.stringify(value)
}

function propertyLines(before: JsonObject): readonly Paragraph[] {
  return Object.entries(before).map(([property, value]) => line(6, `${property}: ${valueText(value)}`, 'dim'))
}

function everything({ id, reason, before, edit, action }: Change): readonly Paragraph[] {
  const after = edit?.kind === 'set' ? [line(6, `${edit.property} becomes ${valueText(edit.to)}`, 'dim')] : []
  return [
    line(4, `id: ${id}`, 'dim'),
    line(4, `why: ${reason}`, 'dim'),
    line(4, action === 'create' ? 'as it will be:' : 'before:', 'dim'),
    ...propertyLines(before),
    ...after,
  ]
}

function changeLines(change: Change, purpose: Plan['purpose'], look: Look): readonly Paragraph[] {
  const { sign, verb, noun, style } = deedOf(change)
  return [
    {
      indent: 2,
      marker: { text: sign, style },
      spans: [
        { text: `${verb} `, style },
        { text: `${noun} ` },
        { text: `"${change.name}"`, style: 'bold' },
        { text: change.detail === '' ? '' : `: ${change.detail}` },
      ],
    },
    ...(purpose === 'offboard' ? pastReturn(change) : []),
    ...(look.verbose ? everything(change) : []),
  ]
}

/** Many changes that differ in nothing but their name, as one list. Every name is there. */
function listLines(changes: readonly Change[]): readonly Paragraph[] {
  const [first] = changes
  if (first === undefined) return []
  const { sign, verb, noun, style } = deedOf(first)
  return [
    {
      indent: 2,
      marker: { text: sign, style },
      spans: [
        { text: `${verb} `, style },
        { text: count(changes.length, noun, noun.endsWith('s') ? `${noun}es` : `${noun}s`) },
        { text: first.detail === '' ? ':' : `, ${first.detail}:` },
      ],
    },
    line(6, changes.map(({ name }) => `"${name}"`).join(', ')),
  ]
}

function kindOf(change: Change): string {
  const { verb, noun } = deedOf(change)
  return JSON.stringify([verb, noun, change.detail, 'notRebuildable' in change.undo])
}

function stepLines(step: PlannedStep, purpose: Plan['purpose'], look: Look): readonly Paragraph[] {
  const groups = [...Map.groupBy(step.changes, kindOf).values()]
  const changes = groups.flatMap((group) =>
    group.length >= alike && !look.verbose
      ? listLines(group)
      : group.flatMap((change) => changeLines(change, purpose, look)),
  )
  if (step.wait === undefined) return changes
  return [
    ...changes,
    { indent: 2, marker: { text: '.', style: 'cyan' }, spans: [{ text: waitText(step.wait) }] },
  ]
}

/** One section for each step of the plan. */
export function stepSections(plan: Plan, look: Look): readonly Section[] {
  return plannedSteps(plan).map((step, index) => {
    const number = step.changes.length < 2 ? '' : ` (${count(step.changes.length, 'change')})`
    return [line(0, `${index + 1}. ${step.title}${number}`, 'bold'), ...stepLines(step, plan.purpose, look)]
  })
}
