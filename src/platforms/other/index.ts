import type { DecidedContext, Platform } from '../../model/platform.ts'
import { mailRecordLeftovers } from '../mail-records.ts'
import { allowLists } from './allow-lists.ts'
import { blockers, testedPolicies } from './blockers.ts'
import { previousMx, previousMxByHand } from './previous-mx.ts'
import { reads } from './reads.ts'
import { recordSets } from './record-sets.ts'
import { restore } from './restore.ts'
import { ttl } from './ttl.ts'
import { txt, txtByHand } from './txt.ts'
import { unchecked } from './unchecked.ts'
import { vendorConsole } from './vendor-console.ts'
import { vendorMx, vendorMxByHand } from './vendor-mx.ts'

function leftovers(context: DecidedContext) {
  const { vendorHosts = [], vendorTxt = [] } = context.decisions.mx ?? {}
  return [...mailRecordLeftovers(context, { hosts: vendorHosts, txt: vendorTxt }), ...testedPolicies(context)]
}

/**
 * Off-boarding what gets its mail by MX: Exchange on premises and others. The previous MX comes first, then the vendor's
 * goes, and when senders have forgotten it, all that served it.
 * https://docs.perception-point.io/WP/Content/PP/Off-boarding-Parent.htm
 */
export const other: Platform = {
  id: 'other',
  title: 'Exchange and other mail servers, by MX',
  steps: [
    previousMx,
    previousMxByHand,
    vendorMx,
    vendorMxByHand,
    ttl,
    txt,
    txtByHand,
    allowLists,
    vendorConsole,
  ],
  reads,
  ordered: [],
  restore,
  leftovers,
  unchecked,
  recordSets,
  blockers,
  facts: () => ({}),
}
