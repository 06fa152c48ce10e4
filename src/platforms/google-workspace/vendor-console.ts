import { evidenceBesideMailFlow } from '../../../adapters/xray/evidence.ts'
import type { GuidedStep } from '../../model/platform.ts'
import { routesThere } from './rules-there.ts'

/** https://docs.perception-point.io/fortinet/Content/PP/Gmail-Off-boarding.htm */
export const vendorConsole: GuidedStep = {
  id: 'vendor-console',
  title: "Deactivate Google Workspace in the vendor's console",
  kind: 'guided',
  optional: false,
  after: ['effect'],
  link: 'https://docs.perception-point.io/fortinet/Content/PP/Gmail-Off-boarding.htm',
  instructions: () => [
    'Save first what you still need from the vendor: release quarantined mail, export reports.',
    'Sign in to the console with an administrator of your organization, and select that organization.',
    'Open Settings > Bundles and Channels (in the older console: Account > Channels).',
    'Under Enabled Channels, find Email Service > Google Workspace, and click Deactivate. It disables the remediation app too.',
    'Reload the page with Ctrl+F5, and check that the status is Inactive.',
    'Leave other channels as they are.',
    '"Comprehensive mail storage" of Gmail had to be off for the vendor: look whether you want it on again (Gmail > Compliance).',
  ],
  lock: (context) => ({ reasons: routesThere(context) }),
  check: evidenceBesideMailFlow,
}
