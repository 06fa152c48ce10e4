import { evidenceBesideMailFlow } from '../../../adapters/xray/evidence.ts'
import type { GuidedStep } from '../../model/platform.ts'
import { routesThere } from './routes.ts'

/** https://docs.perception-point.io/WP/Content/PP/Off-boarding-Parent.htm */
export const vendorConsole: GuidedStep = {
  id: 'vendor-console',
  title: "Deactivate the e-mail service in the vendor's console",
  kind: 'guided',
  optional: false,
  after: ['ttl', 'txt'],
  link: 'https://docs.perception-point.io/WP/Content/PP/Off-boarding-Parent.htm',
  instructions: () => [
    'Save first what you still need from the vendor: release quarantined mail, export reports.',
    'Sign in to the console with an administrator of your organization, and select that organization.',
    'Open Settings > Bundles and Channels (in the older console: Account > Channels).',
    'Under Enabled Channels, find Email Service > Microsoft Exchange or Other, and click Deactivate.',
    'Reload the page with Ctrl+F5, and check that the status is Inactive.',
    'Leave other channels as they are.',
  ],
  lock: (context) => ({ reasons: routesThere(context) }),
  check: evidenceBesideMailFlow,
}
