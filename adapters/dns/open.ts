import { Resolver } from 'node:dns/promises'
import type { Attempt } from '../../src/model/attempt.ts'
import { ServiceError } from '../../src/model/errors.ts'
import type { TenantObject } from '../../src/model/resource.ts'
import { toDnsName } from './domain-name.ts'
import { mapLimited } from './map-limited.ts'
import { answeredMx, failedMx, type MxAnswer, unresolvableMx } from './mx-answer.ts'
import { checkResolverAddress } from './resolver-address.ts'

export interface DnsOptions {
  /** 'address:port' each, as OFFBOARD_DNS names them; none: the system's. */
  readonly resolvers?: readonly string[]
  readonly attempt: Attempt
  readonly signal: AbortSignal
  /** For one answer of one resolver, in milliseconds. 2 s by default. */
  readonly timeoutMs?: number
}

/** DNS, open for reading. */
export interface Dns {
  /**
   * One object for each domain, in their order: guid and name are the domain as it was given, the properties are
   * `{domain, state, records, reason?}` (an MxAnswer). Rejects only with the signal's reason.
   */
  mx(domains: readonly string[]): Promise<readonly TenantObject[]>
  /**
   * The TXT values by which a domain was proven to Amazon SES, at `_amazonses`: one object for each domain, with
   * `{domain, name, state, values, reason?}`. Rejects only with the signal's reason.
   * https://docs.aws.amazon.com/ses/latest/dg/creating-identities.html
   */
  sesTxt(domains: readonly string[]): Promise<readonly TenantObject[]>
  close(): void
}

const atATime = 8
/** A packet may get lost: each resolver is asked twice, before the policy of `attempt` comes in. */
const tries = 2

/** Throws a UsageError that names OFFBOARD_DNS when a resolver is not an address. */
export function openDns({ resolvers = [], attempt, signal, timeoutMs = 2000 }: DnsOptions): Dns {
  const resolver = new Resolver({ timeout: timeoutMs, tries })
  if (resolvers.length > 0) resolver.setServers(resolvers.map(checkResolverAddress))
  const cancel = () => resolver.cancel()
  signal.addEventListener('abort', cancel, { once: true })

  const query = async (name: string): Promise<MxAnswer> => {
    try {
      return answeredMx(await resolver.resolveMx(name))
    } catch (error) {
      signal.throwIfAborted()
      return failedMx(name, error)
    }
  }

  const queryTxt = async (name: string): Promise<TxtAnswer> => {
    try {
      const texts = await resolver.resolveTxt(name)
      return { state: 'answered', values: texts.map((parts) => parts.join('')) }
    } catch (error) {
      signal.throwIfAborted()
      return withoutValues(failedMx(name, error, 'TXT'))
    }
  }

  const asking = async <Answer>(look: () => Promise<Answer>, otherwise: (reason: string) => Answer) => {
    try {
      return await attempt('read', look)
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      return otherwise(error.said ?? error.message)
    }
  }

  const ask = async (domain: string): Promise<MxAnswer> => {
    const name = toDnsName(domain)
    if (name === undefined) return unresolvableMx('it is not a domain name')
    return asking(() => query(name), unresolvableMx)
  }

  const askTxt = async (domain: string): Promise<TenantObject> => {
    const host = toDnsName(domain)
    const unresolvable = (reason: string) => withoutValues(unresolvableMx(reason))
    if (host === undefined) return txtObject(domain, unresolvable('it is not a domain name'))
    return txtObject(domain, await asking(() => queryTxt(`_amazonses.${host}`), unresolvable))
  }

  return {
    mx: (domains) => mapLimited(domains, atATime, async (domain) => toObject(domain, await ask(domain))),
    sesTxt: (domains) => mapLimited(domains, atATime, askTxt),
    close: () => {
      signal.removeEventListener('abort', cancel)
      cancel()
    },
  }
}

interface TxtAnswer extends Pick<MxAnswer, 'state' | 'reason'> {
  readonly values: readonly string[]
}

function withoutValues({ state, reason }: MxAnswer): TxtAnswer {
  return { state, values: [], ...(reason === undefined ? {} : { reason }) }
}

function txtObject(domain: string, { state, values, reason }: TxtAnswer): TenantObject {
  const found = { domain, name: `_amazonses.${domain}`, state, values: [...values] }
  return { guid: domain, name: domain, properties: { ...found, ...(reason === undefined ? {} : { reason }) } }
}

function toObject(domain: string, { state, records, reason }: MxAnswer): TenantObject {
  const hosts = records.map(({ preference, host }) => ({ preference, host }))
  const properties = { domain, state, records: hosts, ...(reason === undefined ? {} : { reason }) }
  return { guid: domain, name: domain, properties }
}
