import type { SurveyRead } from '../../model/platform.ts'
import { mailRecordReads } from '../mail-records.ts'
import { vendorReads } from '../vendor-organization.ts'

/** The record sets decide; a domain whose policy was not read is left alone. */
export const reads: readonly SurveyRead[] = [
  { system: 'dns', kind: 'mx-set', required: true },
  { system: 'dns', kind: 'txt-set', required: true },
  { system: 'dns', kind: 'mx', required: false },
  { system: 'dns', kind: 'smtp', required: false },
  ...mailRecordReads,
  ...vendorReads,
]
