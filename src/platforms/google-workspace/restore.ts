import type { RestoreProcedure } from '../../model/platform.ts'

/** A rule comes back switched off, and is switched on only when that is asked for. */
export const restore: RestoreProcedure = {
  steps: [
    {
      id: 'compliance-rule',
      title: 'Make the content-compliance rule again',
      kind: 'create',
      system: 'google-workspace',
      kinds: ['compliance-rule'],
      permissions: ['https://www.googleapis.com/auth/cloud-identity.policies'],
    },
    {
      id: 'redirect',
      title: 'Switch the redirect on',
      kind: 'edit',
      system: 'google-workspace',
      kinds: ['compliance-rule'],
      permissions: ['https://www.googleapis.com/auth/cloud-identity.policies'],
      propose: () => [],
    },
  ],
  reads: [{ system: 'google-workspace', kind: 'compliance-rule', required: true }],
  redirectStep: 'compliance-rule',
  createSteps: { 'compliance-rule': 'compliance-rule' },
  switches: { 'compliance-rule': { property: 'state', on: 'enabled', off: 'disabled' } },
  lacks: () => undefined,
}
