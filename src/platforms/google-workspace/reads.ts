import type { SurveyRead } from '../../model/platform.ts'
import { mailRecordReads } from '../mail-records.ts'
import { vendorReads } from '../vendor-organization.ts'

/** The rules decide; the rest is what leftovers and evidence are looked for in. */
const optional = [
  'user-token',
  'audit-event',
  'ip-allowlist',
  'spam-override',
  'blocked-senders',
  'address-list',
  'mail-host-settings',
]

export const reads: readonly SurveyRead[] = [
  { system: 'google-workspace', kind: 'compliance-rule', required: true },
  ...optional.map((kind) => ({ system: 'google-workspace', kind, required: false }) as const),
  ...vendorReads,
  { system: 'dns', kind: 'mx', required: false },
  ...mailRecordReads,
]
