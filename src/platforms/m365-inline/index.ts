import type { Platform } from '../../model/platform.ts'
import { remediationApp } from '../remediation-app/step.ts'
import { addresses } from './addresses.ts'
import { blockers, facts } from './blockers.ts'
import { connectors } from './connectors.ts'
import { drain, drainWait } from './drain.ts'
import { leftovers } from './leftovers.ts'
import { reads } from './reads.ts'
import { restore } from './restore.ts'
import { unchecked } from './routes.ts'
import { rules } from './rules.ts'
import { vendorConsole } from './vendor-console.ts'
import { verifiedDomains } from './verified-domains.ts'

/**
 * Off-boarding Microsoft 365 [Inline], in the vendor's order, with the drain before it.
 * https://support.perception-point.io/support/solutions/articles/44002545417-off-boarding
 */
export const m365Inline: Platform = {
  id: 'm365-inline',
  title: 'Microsoft 365 Inline',
  steps: [
    drain,
    drainWait,
    addresses,
    rules,
    connectors,
    vendorConsole,
    remediationApp(['connectors']),
    verifiedDomains,
  ],
  reads,
  ordered: ['transport-rule'],
  restore,
  leftovers,
  unchecked,
  blockers,
  facts,
}
