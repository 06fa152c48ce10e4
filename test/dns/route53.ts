import type { Route53Options } from '../../adapters/dns/providers/route53.ts'
import { route53Account } from '../../src/sandbox/dns/route53/account.ts'
import type { TestCloud } from './cloud.ts'

/** Texts that no error may hold. */
export const route53Secrets = [route53Account.secretAccessKey, 'session-canary-0123456789'] as const

/** A key that may all, over the sandbox's Route 53, with each request sent once. */
export function optionsFor(cloud: TestCloud, given: Partial<Route53Options> = {}): Route53Options {
  const [secretAccessKey, sessionToken] = route53Secrets
  const { accessKeyId } = route53Account
  return {
    baseUrl: cloud.url,
    credentials: async () => ({ accessKeyId, secretAccessKey, sessionToken }),
    attempt: (_effect, request) => request(),
    signal: new AbortController().signal,
    userAgent: 'offboard/test',
    ...given,
  }
}
