import { evidenceBesideMailFlow } from '../../../adapters/xray/evidence.ts'
import type { GuidedStep } from '../../model/platform.ts'
import { routesThere, uncheckedDomains } from './routes.ts'

/**
 * Switches the integration and its remediation app off at the vendor. There is no public API for it. Menu names
 * are of the older console and of the one since 2025:
 * https://docs.perception-point.io/WP/Content/PP/Remediation-App.htm
 */
export const vendorConsole: GuidedStep = {
  id: 'vendor-console',
  title: "Deactivate Microsoft 365 in the vendor's console",
  kind: 'guided',
  optional: false,
  after: ['connectors'],
  link: 'https://docs.perception-point.io/WP/Content/PP/Off-boarding-Parent.htm',
  instructions(context) {
    const unchecked = uncheckedDomains(context)
    return [
      'Save first what you still need from the vendor: release quarantined mail, export reports.',
      'Sign in to the console with an administrator of your organization, and select that organization.',
      'Open Settings > Bundles and Channels (in the older console: Account > Channels).',
      'Under Enabled Channels, find Email Service > Microsoft 365, and click Deactivate.',
      'Reload the page with Ctrl+F5, and check that the status is Inactive.',
      'Then check in Microsoft Entra > Enterprise applications whether the remediation app is still there and enabled.',
      'Leave other channels as they are.',
      ...(unchecked.length === 0
        ? []
        : [
            `The MX of ${unchecked.join(', ')} was not checked: make sure that it does not point at the vendor.`,
          ]),
    ]
  },
  lock: (context) => ({ reasons: routesThere(context) }),
  check: evidenceBesideMailFlow,
}
