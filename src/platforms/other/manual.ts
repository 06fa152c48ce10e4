import type { Decisions } from '../../model/plan.ts'

/** Whether a person types the records. */
export function isManual({ mx }: Decisions): boolean {
  return mx?.provider === 'manual'
}

/** Whom a step of DNS needs, in the words of `doctor` and the docs. */
export const zonePermissions = ['Change the MX and TXT records of the zone']

/** Where a person finds the DNS of a domain: it differs from one to the other. */
export const dnsLink = 'https://docs.perception-point.io/WP/Content/PP/Off-boarding-Parent.htm'
