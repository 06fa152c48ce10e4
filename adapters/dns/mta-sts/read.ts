import { ServiceError, UsageError } from '../../../src/model/errors.ts'
import type { TenantObject } from '../../../src/model/resource.ts'
import { toDnsName } from '../domain-name.ts'
import { textOf } from '../mail-txt/text-of.ts'
import { mapLimited } from '../map-limited.ts'
import type { Resolve } from '../wire/resolver.ts'
import type { FetchPolicy } from './fetch.ts'
import { type MtaStsPolicy, parsePolicy } from './policy.ts'

/**
 * What was learnt of a domain's policy. `none`: there is none to go by. `unreadable`: one is announced, or may be, and
 * could not be read.
 */
interface PolicyAnswer extends Partial<MtaStsPolicy> {
  readonly state: 'none' | 'read' | 'unreadable'
  /** Whether DNS tells senders of it. Without, those that read it before still go by it, for its `maxAge`. */
  readonly announced?: boolean
  readonly reason?: string
}

const atATime = 4

/**
 * The MTA-STS policies of the domains: one object for each, guid and name as the domain was given, with
 * `{domain, state, mode?, mx, maxAge?, announced?, reason?}`. A policy that is there and no longer announced is read
 * too. Rejects only with the signal's reason.
 */
export async function readMtaStsPolicies(
  resolve: Resolve,
  fetchPolicy: FetchPolicy,
  domains: readonly string[],
  signal: AbortSignal,
): Promise<readonly TenantObject[]> {
  return mapLimited(domains, atATime, async (domain) => {
    const { mx = [], ...answer } = await policyOf(resolve, fetchPolicy, domain, signal)
    return { guid: domain, name: domain, properties: { domain, ...answer, mx: [...mx] } }
  })
}

async function policyOf(
  resolve: Resolve,
  fetchPolicy: FetchPolicy,
  domain: string,
  signal: AbortSignal,
): Promise<PolicyAnswer> {
  const host = toDnsName(domain)
  if (host === undefined) return { state: 'unreadable', reason: 'it is not a domain name' }
  const announced = await isAnnounced(resolve, host)
  try {
    const { status, body } = await fetchPolicy(host, signal)
    if (status !== 200) return withoutPolicy(announced, `its host answered ${status}`)
    return { state: 'read', announced: announced === true, ...parsePolicy(body) }
  } catch (error) {
    signal.throwIfAborted()
    return withoutPolicy(announced, error instanceof Error ? reasonOf(error) : String(error))
  }
}

/** Only a policy that DNS announces can be missing. */
function withoutPolicy(announced: boolean | 'unknown', reason: string): PolicyAnswer {
  if (announced === false) return { state: 'none' }
  const known =
    announced === true ? 'DNS announces a policy' : 'whether DNS announces a policy could not be read'
  return { state: 'unreadable', reason: `${known}, and ${reason}` }
}

function reasonOf(error: Error): string {
  if (error instanceof UsageError) return `what its host answered is none: ${error.said ?? error.message}`
  return `its host could not be asked: ${error.message}`
}

async function isAnnounced(resolve: Resolve, host: string): Promise<boolean | 'unknown'> {
  try {
    const { answers } = await resolve({ name: `_mta-sts.${host}`, type: 'TXT' })
    return answers.flatMap(textOf).some((text) => /^v=STSv1\s*(?:;|$)/.test(text))
  } catch (error) {
    if (error instanceof ServiceError) return 'unknown'
    throw error
  }
}
