import { settingEvidence } from '../../../adapters/google-workspace/setting-evidence.ts'
import { isNamed } from '../../footprint/names.ts'
import type { GuidedStep } from '../../model/platform.ts'

/**
 * Whether somebody deleted the host, as the audit log has it. The setting's name was seen in
 * https://github.com/elastic/detection-rules/pull/6210
 */
export const hostProof: NonNullable<GuidedStep['check']> = (systems, { footprint, ...asked }) =>
  settingEvidence(systems.get('google-workspace'), {
    ...asked,
    what: 'the host',
    isSetting: (setting) => /^EMAIL_ROUTE$|^EmailRoute\b/.test(setting),
    isNamed: (description) => isNamed(description, footprint.scannerHost),
    verbs: ['DELETE'],
  })
