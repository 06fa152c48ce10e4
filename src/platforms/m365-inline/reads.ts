import type { SurveyRead } from '../../model/platform.ts'
import { mailRecordReads } from '../mail-records.ts'
import { appReads } from '../remediation-app/reads.ts'
import { vendorReads } from '../vendor-organization.ts'
import { leftoverKinds } from './leftovers.ts'

/** What the steps rest on, and what leftovers are looked for in. */
export const reads: readonly SurveyRead[] = [
  { system: 'exchange-online', kind: 'connection-filter', required: true },
  { system: 'exchange-online', kind: 'transport-rule', required: true },
  { system: 'exchange-online', kind: 'inbound-connector', required: true },
  { system: 'exchange-online', kind: 'outbound-connector', required: true },
  { system: 'dns', kind: 'mx', required: false },
  ...mailRecordReads,
  { system: 'graph', kind: 'verified-domain', required: false },
  ...appReads,
  ...vendorReads,
  ...leftoverKinds.map((kind) => ({ system: 'exchange-online', kind, required: false }) as const),
]
