import { changeId } from '../../model/name.ts'
import type { Leftover } from '../../model/plan.ts'
import type { MatchContext } from '../../model/platform.ts'
import { mailRecordLeftovers } from '../mail-records.ts'
import { objectsOf } from '../objects.ts'
import { lookoutsAtHand } from './lookouts-at-hand.ts'
import { lookoutsElsewhere } from './lookouts-elsewhere.ts'

const lookouts = [...lookoutsAtHand, ...lookoutsElsewhere]

/** Kinds that are read for leftovers alone. */
export const leftoverKinds: readonly string[] = lookoutsElsewhere.map((lookout) => lookout.kind)

/** Something of the vendor outside the procedure: reported with its harm, not touched. */
export function leftovers(context: MatchContext): readonly Leftover[] {
  const inExchange = lookouts.flatMap(({ kind, prefix, harm, remedy, look }) =>
    objectsOf(kind, context).flatMap((object) =>
      look(object, context).map(({ name, reason }) => ({
        id: changeId(prefix, name),
        kind,
        name,
        reason,
        harm,
        remedy,
      })),
    ),
  )
  return [...inExchange, ...mailRecordLeftovers(context)]
}
