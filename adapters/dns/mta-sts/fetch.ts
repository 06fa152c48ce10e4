import { request } from 'node:https'
import type { LookupFunction } from 'node:net'
import { isIPv6 } from 'node:net'
import { addressesOf } from '../wire/addresses.ts'
import type { Resolve } from '../wire/resolver.ts'

/** What the host of a policy answered. */
interface FetchedPolicy {
  /** Of HTTP. */
  readonly status: number
  readonly body: string
}

/** Fetches the policy of a domain, given as DNS knows it. Rejects when it could not be had. */
export type FetchPolicy = (domain: string, signal: AbortSignal) => Promise<FetchedPolicy>

export interface FetchPolicyOptions {
  readonly resolve: Resolve
  /** Of the whole answer, in milliseconds. 10 s by default. */
  readonly timeoutMs?: number
  /** 443 by default. */
  readonly port?: number
  /** Certificates that are trusted, in PEM; by default Node's own. */
  readonly ca?: string
}

/** In bytes. What is longer is no policy (RFC 8461, section 3.2, says 64 kB). */
const largest = 65_536

/** Over HTTPS with a certificate of the policy's host, by our own resolver. A redirect is not followed. */
export function policyFetcher(options: FetchPolicyOptions): FetchPolicy {
  const { resolve, timeoutMs = 10_000, port = 443, ca } = options
  return async (domain, signal) => {
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
    const { promise, resolve: settle, reject } = Promise.withResolvers<FetchedPolicy>()
    const sent = request({
      host: `mta-sts.${domain}`,
      path: '/.well-known/mta-sts.txt',
      port,
      agent: false,
      lookup: lookupBy(resolve),
      signal: inTime,
      headers: { accept: 'text/plain' },
      ...(ca === undefined ? {} : { ca }),
    })
    sent.on('error', (error) => reject(inTime.aborted ? inTime.reason : error))
    sent.on('response', (response) => {
      const chunks: Buffer[] = []
      let size = 0
      response.on('error', reject)
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        chunks.push(chunk)
        if (size > largest) response.destroy(new Error('it is longer than 64 kB'))
      })
      response.on('end', () =>
        settle({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      )
    })
    sent.end()
    return promise
  }
}

function lookupBy(resolve: Resolve): LookupFunction {
  return (host, { all }, done) => {
    addressesOf(resolve, host).then(
      (addresses) => {
        const [first] = addresses
        if (first === undefined) return done(new Error('the host of the policy has no address'), '')
        if (all === true) return done(null, addresses.map(toLookup))
        return done(null, first, toLookup(first).family)
      },
      (error: Error) => done(error, ''),
    )
  }
}

function toLookup(address: string): { readonly address: string; readonly family: number } {
  return { address, family: isIPv6(address) ? 6 : 4 }
}
