import { noDecisions } from '../../model/no-decisions.ts'
import type { Change, Plan } from '../../model/plan.ts'

const undo = { calls: [{ command: 'New-TransportRule', parameters: { Enabled: false } }] }
const sha256 = '0123456789abcdef'.repeat(4)

/** A change of a plan for tests: a rule that is removed. */
export function sampleChange(name: string, change: Partial<Change> = {}): Change {
  return {
    id: `rule:${name}`,
    step: 'rules',
    system: 'exchange-online',
    kind: 'transport-rule',
    action: 'remove',
    name,
    detail: 'sets SCL 9, from SCL 7',
    reason: 'junk rule: name and content',
    object: { guid: '5d0c2f5e-7c5e-4a39-9b39-2f5c6a0f9a10', name },
    restsOn: 'object',
    before: { Name: name, SetSCL: 9, State: 'Enabled' },
    fingerprint: sha256,
    undo,
    ...change,
  }
}

const changes: readonly Change[] = [
  sampleChange('Redirect Rule', {
    id: 'drain:Redirect Rule',
    step: 'drain',
    action: 'edit',
    detail: 'routes to "Scanning"',
    edit: { kind: 'set', property: 'State', from: 'Enabled', to: 'Disabled' },
  }),
  sampleChange('192.0.2.10', {
    id: 'ip:192.0.2.10',
    step: 'addresses',
    kind: 'connection-filter',
    action: 'edit',
    detail: 'always allowed in "Default"',
    edit: { kind: 'remove-entry', property: 'IPAllowList', entry: '192.0.2.10' },
    restsOn: 'edit',
  }),
  sampleChange('Redirect Rule', { detail: 'routes to "Scanning"' }),
  sampleChange('Junk Rule (High)'),
  sampleChange('Scanning', {
    id: 'outbound:Scanning',
    step: 'connectors',
    kind: 'outbound-connector',
    detail: 'sends to mx.vendor.example',
  }),
]

/** A plan for tests, with something of everything. */
export const samplePlan: Plan = {
  format: 'offboard.plan/1',
  tool: '0.1.0',
  createdAt: '2026-11-24T08:11:07.000Z',
  purpose: 'offboard',
  tenant: { guid: 'c0a70501-5a11-4b0c-8f00-0000c0175050', name: 'contoso.onmicrosoft.com' },
  platform: 'm365-inline',
  regions: ['eu'],
  footprint: '1/0123456789ab',
  decisions: { ...noDecisions, exclude: ['rule:Kept Rule'], drainMs: 1_800_000, drainMaxMs: 7_200_000 },
  steps: [
    { id: 'drain', title: 'Stop the redirect' },
    { id: 'drain-wait', title: 'Wait until the scanner has given back all mail' },
    { id: 'addresses', title: 'Remove the addresses from the allow list' },
    { id: 'rules', title: 'Delete the mail-flow rules' },
    { id: 'connectors', title: 'Delete the connectors' },
    { id: 'vendor-console', title: "Deactivate Microsoft 365 in the vendor's console" },
    { id: 'remediation-app', title: 'Disable the remediation app' },
  ],
  changes,
  waits: [
    {
      id: 'drain-wait',
      title: 'Wait until the scanner has given back all mail',
      atLeastMs: 1_800_000,
      atMostMs: 7_200_000,
      unreadableMs: 1_800_000,
    },
  ],
  guided: [
    {
      id: 'vendor-console',
      title: "Deactivate Microsoft 365 in the vendor's console",
      optional: false,
      link: 'https://vendor.example/off-boarding',
    },
    {
      id: 'verified-domains',
      title: 'Have the vendor delete the verified domains',
      optional: true,
      link: 'mailto:support@vendor.example',
    },
  ],
  kept: [
    {
      id: 'rule:Kept Rule',
      step: 'rules',
      kind: 'transport-rule',
      name: 'Kept Rule',
      reason: 'excluded by you',
    },
  ],
  lookalikes: [
    {
      id: "rule:O'Hara's junk rule",
      step: 'rules',
      kind: 'transport-rule',
      name: "O'Hara's junk rule",
      detail: 'sets SCL 9',
      reason: "the name is the vendor's, the content is not",
      decision: 'undecided',
    },
    {
      id: 'inbound:Relay',
      step: 'connectors',
      kind: 'inbound-connector',
      name: 'Relay',
      detail: 'accepts mail from 192.0.2.10',
      reason: 'its name is not the vendor’s',
      decision: 'exclude',
    },
  ],
  leftovers: [
    {
      id: 'block-list:192.0.2.11',
      kind: 'connection-filter',
      name: '192.0.2.11',
      reason: 'an address of the vendor’s is blocked in "Default"',
      harm: 'mail from it is refused and shows in no message trace',
      remedy: 'Microsoft Defender > Anti-spam > Connection filter policy: remove it from the block list',
    },
  ],
  blockers: [
    {
      id: 'routes:Legal hold',
      kind: 'transport-rule',
      name: 'Legal hold',
      reason: 'this rule would remain and still routes to "Scanning"',
      waivable: false,
      waived: false,
    },
    {
      id: 'region:us',
      kind: 'region',
      name: 'us',
      reason: 'this tenant looks like US',
      waivable: true,
      waived: false,
    },
    {
      id: 'vendor-mx:contoso.com',
      kind: 'mx',
      name: 'contoso.com',
      reason: 'mail for contoso.com goes to the vendor first',
      waivable: true,
      waived: true,
    },
  ],
  unread: [
    { kind: 'arc-config', reason: 'the role does not allow it', required: false },
    { kind: 'spoof-items', reason: 'the role does not allow it', required: false },
    { kind: 'transport-rule', reason: 'the service failed', required: true },
  ],
  facts: { routes: ['5d0c2f5e Scanning'], allowListEmptied: false },
  order: { 'transport-rule': [{ guid: '5d0c2f5e-7c5e-4a39-9b39-2f5c6a0f9a10', name: 'Redirect Rule' }] },
  unmatched: ['rule:No such rule'],
  hash: sha256,
}
