import type { Footprint } from '../../model/footprint.ts'
import { sameName } from '../../model/name.ts'
import type { Verdict } from '../../model/platform.ts'
import { isVendorHost } from '../footprint.ts'

/**
 * Where Amazon SES takes mail in. The vendor's scanner does it there, and so do many others.
 * https://docs.aws.amazon.com/ses/latest/dg/receiving-email-mx-record.html
 */
const sesInbound = /^inbound-smtp\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/

export function isSesInbound(host: string): boolean {
  return sesInbound.test(host.toLowerCase())
}

/** The host of an MX record. `named` are those that the operator says are the vendor's. */
export function matchMx(host: string, footprint: Footprint, named: readonly string[]): Verdict {
  if (isVendorHost(host, footprint)) return { is: 'vendor', reason: 'host' }
  if (named.some((one) => sameName(one.replace(/\.$/, ''), host)))
    return { is: 'vendor', reason: 'host named by you' }
  if (!isSesInbound(host)) return { is: 'other' }
  return {
    is: 'lookalike',
    reason: 'mail goes in at Amazon SES, where the vendor takes it, and others do too',
  }
}
