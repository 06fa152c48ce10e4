import { settingEvidence } from '../../../adapters/google-workspace/setting-evidence.ts'
import type { GuidedStep } from '../../model/platform.ts'

/**
 * Whether somebody changed the inbound gateway, as the audit log has it. Which name the log gives to that setting is not
 * published: one that it does not have stays unverified.
 */
export const gatewayProof: NonNullable<GuidedStep['check']> = (systems, asked) =>
  settingEvidence(systems.get('google-workspace'), {
    ...asked,
    what: 'the inbound gateway',
    isSetting: (setting) => /inbound.?gateway/i.test(setting),
    isNamed: () => false,
    verbs: ['CHANGE', 'DELETE'],
  })
