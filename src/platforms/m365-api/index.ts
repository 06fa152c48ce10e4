import type { Platform, SurveyRead } from '../../model/platform.ts'
import { leftoverKinds, leftovers } from '../m365-inline/leftovers.ts'
import { unchecked } from '../m365-inline/routes.ts'
import { mailRecordReads } from '../mail-records.ts'
import { appReads } from '../remediation-app/reads.ts'
import { appCreateSteps, appRestoreReads, appRestoreSteps } from '../remediation-app/restore.ts'
import { remediationApp } from '../remediation-app/step.ts'
import { appBeforeConsole } from '../remediation-app/waiver.ts'
import { otherEnvironment, vendorReads } from '../vendor-organization.ts'
import { inlineLeftovers } from './inline.ts'
import { vendorConsole } from './vendor-console.ts'

/** What tells whether an inline set-up still routes mail, and where leftovers are looked for. */
const mailFlow = ['connection-filter', 'transport-rule', 'inbound-connector', 'outbound-connector']

const reads: readonly SurveyRead[] = [
  ...appReads,
  ...vendorReads,
  { system: 'dns', kind: 'mx', required: false },
  ...mailRecordReads,
  ...[...mailFlow, ...leftoverKinds].map(
    (kind) => ({ system: 'exchange-online', kind, required: false }) as const,
  ),
]

/**
 * Off-boarding Microsoft 365 [API]: at the vendor's console, and then the app that reads the mailboxes.
 * https://docs.perception-point.io/WP/Content/PP/Off-boarding-Parent.htm
 */
export const m365Api: Platform = {
  id: 'm365-api',
  title: 'Microsoft 365 API',
  steps: [vendorConsole, remediationApp([])],
  reads,
  ordered: [],
  restore: {
    steps: appRestoreSteps,
    reads: appRestoreReads,
    redirectStep: '',
    createSteps: appCreateSteps,
    switches: {},
    lacks: () => undefined,
  },
  leftovers: (context) => [...inlineLeftovers(context), ...leftovers(context)],
  unchecked,
  blockers: (context, changes) => [...otherEnvironment(context), ...appBeforeConsole(context, changes)],
  facts: () => ({}),
}
