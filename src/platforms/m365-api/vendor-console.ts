import { evidence } from '../../../adapters/xray/evidence.ts'
import type { GuidedStep } from '../../model/platform.ts'
import { routesThere, uncheckedDomains } from '../m365-inline/routes.ts'

/**
 * The vendor's whole procedure for this platform: it ends inbound, internal and outbound scanning at once. Menu names
 * are of the console since 2025 and of the older one:
 * https://docs.perception-point.io/WP/Content/PP/Off-boarding-Parent.htm
 */
export const vendorConsole: GuidedStep = {
  id: 'vendor-console',
  title: "Deactivate Microsoft 365 in the vendor's console",
  kind: 'guided',
  optional: false,
  after: [],
  link: 'https://docs.perception-point.io/WP/Content/PP/Off-boarding-Parent.htm',
  instructions(context) {
    const unchecked = uncheckedDomains(context)
    return [
      'Save first what you still need from the vendor: release quarantined mail, export reports.',
      'Sign in to the console, and select the organization of this tenant in the selector at the top.',
      'Open Settings > Bundles and Channels (in the older console: Account > Channels).',
      'Under Enabled Channels, find Email Service > Microsoft 365, and click Deactivate. It ends inbound, internal and outbound scanning at once.',
      'Reload the page with Ctrl+F5, and check that the status is Inactive.',
      'Leave other channels as they are.',
      ...(unchecked.length === 0
        ? []
        : [
            `The MX of ${unchecked.join(', ')} was not checked: make sure that it does not point at the vendor.`,
          ]),
    ]
  },
  lock: (context) => ({ reasons: routesThere(context) }),
  check: evidence,
}
