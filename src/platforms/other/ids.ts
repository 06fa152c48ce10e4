import { parseMx, txtText } from '../../../adapters/dns/presentation.ts'
import { changeId, fold } from '../../model/name.ts'
import type { Decisions } from '../../model/plan.ts'

/** The host of an MX value; empty for a null MX. */
export function hostOf(value: string): string {
  return parseMx(value).host
}

export function mxId(domain: string, value: string): string {
  return changeId('mx', `${domain}/${hostOf(value)}`)
}

export function txtId(domain: string, value: string): string {
  return changeId('txt', `${domain}/${txtText(value)}`)
}

/** Where a domain is proven to Amazon SES, of a domain as it was given. */
export function sesName(domain: string): string {
  return `_amazonses.${domain}`
}

/** Whether the operator's list names an id, or all of its step. */
export function isNamed(given: readonly string[], id: string, step: string): boolean {
  const known = new Set([id, `step:${step}`].map(fold))
  return given.some((text) => known.has(fold(text)))
}

/** Whether the operator keeps it. */
export function isExcluded(decisions: Decisions, id: string, step: string): boolean {
  return isNamed(decisions.exclude, id, step)
}
