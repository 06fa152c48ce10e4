import type { Unread } from '../../model/plan.ts'
import type { DecidedContext } from '../../model/platform.ts'
import { uncheckedMailRecords } from '../mail-records.ts'
import { objectsOf } from '../objects.ts'
import { mailDomains } from './mail-domain.ts'
import { disagreementOn } from './record-set.ts'

/** What was asked for and not answered: a domain whose zone could not be read is left alone, and the others go on. */
export function unchecked(context: DecidedContext): readonly Unread[] {
  const { read, unread } = mailDomains(context)
  const lagging = read.flatMap(({ domain, mx, txt }) =>
    [mx, txt].flatMap((set) => {
      const reason = disagreementOn(set)
      const kind = set === mx ? 'mx-set' : 'txt-set'
      return reason === undefined ? [] : { kind, reason: `${domain}: ${reason}`, required: false }
    }),
  )
  const silent = objectsOf('mx', context)
    .filter(({ properties }) => properties.state === 'unresolvable')
    .map(({ name, properties }) => ({
      kind: 'mx',
      reason: `${name}: ${String(properties.reason ?? 'it could not be resolved')}`,
      required: false,
    }))
  return [...unread, ...lagging, ...silent, ...uncheckedMailRecords(context)]
}
