import { matchInboundConnector } from '../../footprint/match/inbound-connector.ts'
import { matchOutboundConnector } from '../../footprint/match/outbound-connector.ts'
import { routesToVendor } from '../../footprint/match/rule.ts'
import { changeId } from '../../model/name.ts'
import type { Leftover } from '../../model/plan.ts'
import type { MatchContext } from '../../model/platform.ts'
import type { TenantObject } from '../../model/resource.ts'
import { objectsOf } from '../objects.ts'

interface Trace {
  readonly kind: string
  readonly prefix: string
  is(object: TenantObject, context: MatchContext): boolean
}

const traces: readonly Trace[] = [
  { kind: 'transport-rule', prefix: 'rule', is: routesToVendor },
  {
    kind: 'inbound-connector',
    prefix: 'inbound',
    is: (object, context) => matchInboundConnector(object, context).is === 'vendor',
  },
  {
    kind: 'outbound-connector',
    prefix: 'outbound',
    is: (object, context) => matchOutboundConnector(object, context).is === 'vendor',
  },
]

/** Of an inline set-up, which this procedure does not touch: with it the integration must not be deactivated. */
export function inlineLeftovers(context: MatchContext): readonly Leftover[] {
  return traces.flatMap(({ kind, prefix, is }) =>
    objectsOf(kind, context)
      .filter((object) => is(object, context))
      .map(({ name }) => ({
        id: changeId(prefix, name),
        kind,
        name,
        reason: 'it is of an inline set-up of the vendor',
        harm: 'mail still takes the way over the vendor, and stops when it no longer scans',
        remedy: 'Take the inline set-up away first: offboard run --platform m365-inline',
      })),
  )
}
