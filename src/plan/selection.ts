import type { Decisions } from '../model/plan.ts'
import { matchingIds } from './identify.ts'

/** Something that the operator may include or exclude. */
export interface Selectable {
  readonly id: string
  readonly step: string
}

/** What the operator's lists mean for what was found. */
export interface Selection {
  isIncluded(item: Selectable): boolean
  isExcluded(item: Selectable): boolean
}

const wholeStep = /^step:(.+)$/i

function selectedIds(given: readonly string[], items: readonly Selectable[]): ReadonlySet<string> {
  const ids = items.map((item) => item.id)
  return new Set(given.flatMap((text) => matchingIds(text, ids)))
}

function selectedSteps(given: readonly string[]): ReadonlySet<string> {
  return new Set(given.flatMap((text) => wholeStep.exec(text)?.[1]?.toLowerCase() ?? []))
}

/** Reads the operator's decisions against all that was found. */
export function select(decisions: Decisions, items: readonly Selectable[]): Selection {
  const included = selectedIds(decisions.include, items)
  const includedSteps = selectedSteps(decisions.include)
  const excluded = selectedIds(decisions.exclude, items)
  const excludedSteps = selectedSteps(decisions.exclude)
  return {
    isIncluded: (item) => included.has(item.id) || includedSteps.has(item.step),
    isExcluded: (item) => excluded.has(item.id) || excludedSteps.has(item.step),
  }
}

/** The texts of --include, --exclude and --allow that name nothing. */
export function unmatched(
  decisions: Decisions,
  items: readonly Selectable[],
  blockers: readonly string[],
): readonly string[] {
  const ids = items.map((item) => item.id)
  const steps = new Set(items.map((item) => item.step))
  const names = (text: string) => {
    const step = wholeStep.exec(text)?.[1]?.toLowerCase()
    return step === undefined ? matchingIds(text, ids).length > 0 : steps.has(step)
  }
  return [
    ...decisions.include.filter((text) => !names(text)),
    ...decisions.exclude.filter((text) => !names(text)),
    ...decisions.allow.filter((text) => matchingIds(text, blockers).length === 0),
  ]
}
