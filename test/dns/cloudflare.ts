import type { CloudflareOptions } from '../../adapters/dns/providers/cloudflare.ts'
import { cloudflareAccount } from '../../src/sandbox/dns/cloudflare/account.ts'
import { fixedToken, type TestCloud } from './cloud.ts'

/** A token that may all, over the sandbox's Cloudflare, with each request sent once. */
export function optionsFor(cloud: TestCloud, given: Partial<CloudflareOptions> = {}): CloudflareOptions {
  return {
    baseUrl: new URL('/client/v4', cloud.url),
    tokens: fixedToken(cloudflareAccount.token),
    attempt: (_effect, request) => request(),
    signal: new AbortController().signal,
    userAgent: 'offboard/test',
    ...given,
  }
}
