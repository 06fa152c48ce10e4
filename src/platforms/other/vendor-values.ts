import { txtText } from '../../../adapters/dns/presentation.ts'
import { isSesInbound, matchMx } from '../../footprint/match/mx.ts'
import type { Footprint } from '../../model/footprint.ts'
import { sameName } from '../../model/name.ts'
import type { Decisions } from '../../model/plan.ts'
import type { Verdict } from '../../model/platform.ts'
import { hostOf, isExcluded, isNamed, mxId } from './ids.ts'
import { isSameDomain } from './record-set.ts'

/** What a value is judged by. */
export interface Judging {
  readonly footprint: Footprint
  readonly decisions: Decisions
}

const other: Verdict = { is: 'other' }

/** Whether an MX value of a set is the vendor's. What the operator goes back to is not. */
export function judgeMx(
  value: string,
  previous: readonly string[],
  { footprint, decisions }: Judging,
): Verdict {
  if (previous.includes(value)) return other
  return matchMx(hostOf(value), footprint, decisions.mx?.vendorHosts ?? [])
}

/** Whether an MX that leads to this host still leads to the vendor: surely, or because the operator included it. */
export function leadsToVendor(domain: string, host: string, { footprint, decisions }: Judging): boolean {
  const { is } = matchMx(host, footprint, decisions.mx?.vendorHosts ?? [])
  if (is !== 'lookalike') return is === 'vendor'
  const given = decisions.mx?.domains.find((one) => isSameDomain(one, domain)) ?? domain
  return isNamed(decisions.include, mxId(given, `0 ${host}`), 'vendor-mx')
}

/** Whether a value goes under the operator's decisions. */
export function isGoing(verdict: Verdict, id: string, step: string, decisions: Decisions): boolean {
  if (verdict.is === 'other' || isExcluded(decisions, id, step)) return false
  return verdict.is === 'vendor' || isNamed(decisions.include, id, step)
}

/** What is known of the mail of a domain when its `_amazonses` is judged. */
export interface MailWay {
  /** MX values of its set. */
  readonly mx: readonly string[]
  /** MX values that lead to the vendor, or may, and stay. */
  readonly staying: readonly string[]
}

/**
 * Whether one of the values at `_amazonses` is the vendor's. Others at Amazon prove their domains there too, so that a
 * value that nobody named is doubtful at the most: while mail goes by Amazon SES, and none of the values was named.
 */
export function judgeTxt(
  value: string,
  values: readonly string[],
  { mx, staying }: MailWay,
  { decisions }: Judging,
): Verdict {
  const named = (one: string) => (decisions.mx?.vendorTxt ?? []).some((text) => sameName(text, txtText(one)))
  if (named(value) && staying.length > 0)
    return {
      is: 'lookalike',
      reason: `it is the vendor's, but mail may still go there: the MX ${staying.join(', ')} stays`,
    }
  if (named(value)) return { is: 'vendor', reason: 'value named by you' }
  if (values.some(named) || !mx.some((one) => isSesInbound(hostOf(one)))) return other
  return {
    is: 'lookalike',
    reason: 'it proves the domain to an account at Amazon SES, where mail goes in: it may be the vendor’s',
  }
}
