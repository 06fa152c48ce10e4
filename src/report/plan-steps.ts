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

type Guide = Plan['guided'][number]

/** Guided steps that stand before something that the program does, and those that are left for the end. */
export function guidesByPlace({ steps, guided, changes, waits }: Plan): {
  readonly between: readonly Guide[]
  readonly afterwards: readonly Guide[]
} {
  const own = new Set([...changes.map(({ step }) => step), ...waits.map(({ id }) => id)])
  const last = steps.findLastIndex(({ id }) => own.has(id))
  const ahead = new Set(steps.slice(0, Math.max(0, last)).map(({ id }) => id))
  const isBetween = (guide: Guide) => ahead.has(guide.id)
  return { between: guided.filter(isBetween), afterwards: guided.filter((guide) => !isBetween(guide)) }
}

/** What a person is to take away, and where. */
export function guideDetails({ link, objects = [] }: Guide, indent: number): readonly Paragraph[] {
  return [
    ...objects.map(({ name, reason }) => line(indent, `"${name}": ${reason}`)),
    { indent, spans: [{ text: link, style: 'dim' }], whole: true },
  ]
}

function optionally({ id, optional }: Guide): string {
  return ` (${id}${optional ? ', optional' : ''})`
}

/** A guided step by its name. */
export function guideName(guide: Guide): Paragraph['spans'] {
  return [{ text: guide.title }, { text: optionally(guide), style: 'dim' }]
}

function guideSection(guide: Guide, place: number): Section {
  return [line(0, `${place}. By hand: ${guide.title}${optionally(guide)}`, 'bold'), ...guideDetails(guide, 2)]
}

function stepSection(step: PlannedStep, place: number, plan: Plan, look: Look): Section {
  const number = step.changes.length < 2 ? '' : ` (${count(step.changes.length, 'change')})`
  return [line(0, `${place}. ${step.title}${number}`, 'bold'), ...stepLines(step, plan.purpose, look)]
}

/** One section for each step of the plan, in the order of the procedure; guided ones only where others follow. */
export function stepSections(plan: Plan, look: Look): readonly Section[] {
  const own = plannedSteps(plan)
  const { between } = guidesByPlace(plan)
  const sections = plan.steps.flatMap(({ id }) => {
    const step = own.find((one) => one.id === id)
    const guide = between.find((one) => one.id === id)
    return [
      ...(step === undefined ? [] : [(place: number) => stepSection(step, place, plan, look)]),
      ...(guide === undefined ? [] : [(place: number) => guideSection(guide, place)]),
    ]
  })
  return sections.map((section, index) => section(index + 1))
}
