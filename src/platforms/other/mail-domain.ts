import type { Unread } from '../../model/plan.ts'
import type { DecidedContext, Verdict } from '../../model/platform.ts'
import { objectsOf } from '../objects.ts'
import { hostOf, isExcluded, mxId, txtId } from './ids.ts'
import { previousValues } from './previous.ts'
import { isSameDomain, type RecordSetObject, recordSetIn } from './record-set.ts'
import { isGoing, judgeMx, judgeTxt } from './vendor-values.ts'

/** A value of a record set, and what was judged of it. */
interface JudgedValue {
  readonly value: string
  readonly id: string
  readonly verdict: Verdict
  /** It is taken away, as the operator decided. */
  readonly goes: boolean
}

/** A domain whose mail goes to the vendor by its MX, or did. */
export interface MailDomain {
  /** As it was given. */
  readonly domain: string
  readonly mx: RecordSetObject
  readonly txt: RecordSetObject
  /** MX values that are to be there, without what the operator excluded. */
  readonly previous: readonly string[]
  /** MX values to go back to that are not there, the excluded ones too. */
  readonly missing: readonly { readonly value: string; readonly id: string }[]
  readonly mxValues: readonly JudgedValue[]
  readonly txtValues: readonly JudgedValue[]
  /** The MX values when all is done. */
  readonly after: readonly string[]
}

/** The domains that were asked for: those that could be read, and why others could not. */
export interface MailDomains {
  readonly read: readonly MailDomain[]
  readonly unread: readonly Unread[]
}

/** Whether anything of its MX is to be changed. */
export function hasWork({ mx, after }: Pick<MailDomain, 'mx' | 'after'>): boolean {
  return mx.values.length !== after.length || mx.values.some((value) => !after.includes(value))
}

function judge(
  domain: string,
  mx: RecordSetObject,
  txt: RecordSetObject,
  context: DecidedContext,
): MailDomain {
  const { decisions, footprint } = context
  const asked = decisions.mx === undefined ? [] : previousValues(domain, decisions.mx, footprint)
  const previous = asked.filter((value) => !isExcluded(decisions, mxId(domain, value), 'previous-mx'))
  const mxValues = mx.values.map((value): JudgedValue => {
    const [id, verdict] = [mxId(domain, value), judgeMx(value, asked, context)]
    return { value, id, verdict, goes: isGoing(verdict, id, 'vendor-mx', decisions) }
  })
  const staying = mxValues.filter(({ verdict, goes }) => verdict.is !== 'other' && !goes)
  const way = { mx: mx.values, staying: staying.map(({ value }) => value) }
  const txtValues = txt.values.map((value): JudgedValue => {
    const [id, verdict] = [txtId(domain, value), judgeTxt(value, txt.values, way, context)]
    return { value, id, verdict, goes: isGoing(verdict, id, 'txt', decisions) }
  })
  const kept = mxValues.filter(({ goes }) => !goes).map(({ value }) => value)
  return {
    ...{ domain, mx, txt, previous, mxValues, txtValues },
    missing: asked
      .filter((value) => !mx.values.includes(value))
      .map((value) => ({ value, id: mxId(domain, value) })),
    after: [...new Set([...previous, ...kept])],
  }
}

/** Why a domain that could be read is left alone all the same. */
function whyLeft(found: MailDomain, context: DecidedContext): string | undefined {
  if (!hasWork(found)) return undefined
  if (found.mx.values.some((value) => hostOf(value) === ''))
    return 'it says that it takes no mail (null MX): take that record away first, or leave the domain out'
  const policy = objectsOf('mta-sts-policy', context).find(({ name }) => isSameDomain(name, found.domain))
  if (policy?.properties.state === 'read' || policy?.properties.state === 'none') return undefined
  return `its MTA-STS policy was not read: ${String(policy?.properties.reason ?? 'nothing was answered')}`
}

type Found = { readonly read: MailDomain } | { readonly unread: Unread }

function lookAt(domain: string, context: DecidedContext): Found {
  const mx = recordSetIn(objectsOf('mx-set', context), domain)
  const txt = recordSetIn(objectsOf('txt-set', context), domain)
  const left = (kind: string, reason: string) => ({
    unread: { kind, reason: `${domain}: ${reason}`, required: true, lane: domain },
  })
  if (mx?.state !== 'answered') return left('mx-set', mx?.reason ?? 'it was not read')
  if (txt?.state !== 'answered') return left('txt-set', txt?.reason ?? 'it was not read')
  const read = judge(domain, mx, txt, context)
  const reason = whyLeft(read, context)
  return reason === undefined ? { read } : left('mx-set', reason)
}

/** Reads what the survey holds of each domain that was asked for. Throws a UsageError as `previousValues`. */
export function mailDomains(context: DecidedContext): MailDomains {
  const { survey, decisions } = context
  const isAsked = ['mx-set', 'txt-set'].every((kind) => survey.objects.get(kind)?.ok === true)
  const found = (isAsked ? (decisions.mx?.domains ?? []) : []).map((domain) => lookAt(domain, context))
  return {
    read: found.flatMap((one) => ('read' in one ? one.read : [])),
    unread: found.flatMap((one) => ('unread' in one ? one.unread : [])),
  }
}
