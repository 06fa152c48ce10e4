import { fold } from '../../model/name.ts'
import type { TenantObject } from '../../model/resource.ts'
import { hostOf } from './ids.ts'
import { previousValues } from './previous.ts'
import { disagreementOn, isSameDomain, type RecordSetObject } from './record-set.ts'
import { type Judging, judgeMx } from './vendor-values.ts'

/** Of the blocker, and of the ID in --allow that waives it. */
export const unansweredId = 'unanswered-mx'

/** Why a host does not take mail over SMTP with STARTTLS, as it was asked just now; undefined: it does. */
export function unansweredBy(host: string, smtp: readonly TenantObject[]): string | undefined {
  const answer = smtp.find(({ name, properties }) => isSameDomain(String(properties.host ?? name), host))
  if (answer === undefined) return `${host} was not asked`
  const { state, reason } = answer.properties
  if (state === 'answers') return undefined
  const how = state === 'no-starttls' ? 'offers no STARTTLS' : 'does not answer SMTP'
  const why = typeof reason === 'string' ? ` (${reason})` : ''
  return state === 'unresolvable' ? `${host} has no address${why}` : `${host} ${how}${why}`
}

/** What a domain's MX set is to lose. */
export interface Loss {
  readonly set: RecordSetObject
  readonly going: readonly string[]
  /** Values that are to be there first. */
  readonly previous: readonly string[]
}

function missing({ set, previous }: Loss): readonly string[] {
  const absent = previous.filter((value) => !set.values.includes(value))
  return absent.length === 0 ? [] : [`the MX ${absent.join(', ')} of ${set.domain} is not there yet`]
}

function lagging({ set }: Loss): readonly string[] {
  const reason = set.state === 'answered' ? disagreementOn(set) : (set.reason ?? 'it could not be read')
  return reason === undefined ? [] : [`the MX of ${set.domain} is not the same everywhere: ${reason}`]
}

function nothingLeft({ set, going, previous }: Loss, judging: Judging): readonly string[] {
  const stays = set.values.filter((value) => !going.includes(value) && hostOf(value) !== '')
  const isSafe = stays.some((value) => judgeMx(value, previous, judging).is === 'other')
  return isSafe ? [] : [`without the vendor's, ${set.domain} has no MX that surely is not the vendor's`]
}

/**
 * What speaks against taking the vendor's MX out of a set: each previous one must be seen at all authoritative servers
 * and answer SMTP, and one that is not the vendor's must stay. One phrase for each reason.
 */
export function reasonsToKeepMx(
  loss: Loss,
  smtp: readonly TenantObject[],
  judging: Judging,
): readonly string[] {
  const isAllowed = judging.decisions.allow.some((id) => fold(id) === unansweredId)
  const silent = isAllowed ? [] : loss.previous.flatMap((value) => unansweredBy(hostOf(value), smtp) ?? [])
  return [...missing(loss), ...lagging(loss), ...nothingLeft(loss, judging), ...silent]
}

/** The values to go back to for a domain, without those that the operator excluded. */
export function previousOf(
  domain: string,
  { decisions, footprint }: Judging,
  isKept: (value: string) => boolean,
): readonly string[] {
  if (decisions.mx === undefined) return []
  return previousValues(domain, decisions.mx, footprint).filter((value) => !isKept(value))
}
