import type { SystemReader } from '../../model/adapter.ts'
import { OffboardError, RefusedError } from '../../model/errors.ts'
import type { CheckContext, Evidence, GuidedStep } from '../../model/platform.ts'
import type { TenantObject } from '../../model/resource.ts'
import type { SystemId } from '../../model/words.ts'
import { isExcluded, mxId, txtId } from './ids.ts'
import { previousOf } from './readiness.ts'
import { disagreementOn, type RecordSetObject, recordSetIn, valuesAnywhere } from './record-set.ts'
import { isGoing, judgeMx, judgeTxt } from './vendor-values.ts'

type Check = NonNullable<GuidedStep['check']>

/** What still has to be done in one set, one phrase for each value. */
type Open = (set: RecordSetObject, context: CheckContext) => readonly string[]

/** Not known comes before "done": one domain that could not be read leaves all open. */
function together(found: readonly Evidence[], done: string): Evidence {
  const open = found.filter(({ is }) => is === 'present')
  const unknown = found.filter(({ is }) => is === 'unknown')
  const told = (of: readonly Evidence[]) => of.map(({ evidence }) => evidence).join('; ')
  if (open.length > 0) return { is: 'present', evidence: told(open), rests: 'read' }
  if (unknown.length > 0) return { is: 'unknown', evidence: told(unknown), rests: 'nothing' }
  return { is: 'gone', evidence: done, rests: 'read' }
}

function lookAt(
  domain: string,
  set: RecordSetObject | undefined,
  context: CheckContext,
  openIn: Open,
): Evidence {
  const open = set === undefined ? [] : openIn(set, context)
  if (open.length > 0) return { is: 'present', evidence: `${domain}: ${open.join(', ')}` }
  const lag = set?.state === 'answered' ? disagreementOn(set) : (set?.reason ?? 'it could not be read')
  return lag === undefined
    ? { is: 'gone', evidence: domain }
    : { is: 'unknown', evidence: `${domain}: ${lag}` }
}

async function listOf(
  systems: ReadonlyMap<SystemId, SystemReader>,
  kind: string,
): Promise<readonly TenantObject[]> {
  return (await systems.get('dns')?.resources.get(kind)?.list()) ?? []
}

/** Reads the sets of all domains at their authoritative servers. */
function proof(kind: 'mx-set' | 'txt-set', openIn: Open, done: string): Check {
  return async (systems, context) => {
    try {
      const objects = await listOf(systems, kind)
      const domains = context.decisions.mx?.domains ?? []
      const found = domains.map((domain) => lookAt(domain, recordSetIn(objects, domain), context, openIn))
      return together(found, done)
    } catch (error) {
      if (!(error instanceof OffboardError) || error instanceof RefusedError) throw error
      return { is: 'unknown', evidence: error.said ?? error.message, rests: 'nothing' }
    }
  }
}

function previousIn(domain: string, context: CheckContext): readonly string[] {
  const isKept = (value: string) => isExcluded(context.decisions, mxId(domain, value), 'previous-mx')
  return previousOf(domain, context, isKept)
}

/** Whether each previous MX is there, at all authoritative servers. */
export const previousProof: Check = proof(
  'mx-set',
  (set, context) =>
    previousIn(set.domain, context)
      .filter((value) => set.state === 'answered' && !set.values.includes(value))
      .map((value) => `MX ${value} is not there`),
  'all authoritative servers have the previous MX',
)

/** Whether the vendor's MX is gone, at all authoritative servers. */
export const vendorMxProof: Check = proof(
  'mx-set',
  (set, context) =>
    valuesAnywhere(set)
      .filter((value) => {
        const verdict = judgeMx(value, previousIn(set.domain, context), context)
        return isGoing(verdict, mxId(set.domain, value), 'vendor-mx', context.decisions)
      })
      .map((value) => `MX ${value} is still there`),
  'no authoritative server has an MX of the vendor',
)

/** Whether the vendor's value is gone from `_amazonses`, at all authoritative servers. */
export const txtProof: Check = proof(
  'txt-set',
  (set, context) =>
    valuesAnywhere(set)
      .filter((value) => {
        const verdict = judgeTxt(value, set.values, { mx: [], staying: [] }, context)
        const id = txtId(set.domain, value)
        return isGoing(verdict.is === 'other' ? asNamed(id, context) : verdict, id, 'txt', context.decisions)
      })
      .map((value) => `TXT ${value} is still there`),
  'no authoritative server has the value of the vendor',
)

/** What the operator included was doubtful when the plan was made; later nothing tells so any more. */
function asNamed(id: string, { decisions }: CheckContext) {
  return decisions.include.includes(id)
    ? ({ is: 'lookalike', reason: 'included by you' } as const)
    : ({ is: 'other' } as const)
}
