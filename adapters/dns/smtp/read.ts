import { ServiceError } from '../../../src/model/errors.ts'
import type { TenantObject } from '../../../src/model/resource.ts'
import { toDnsName } from '../domain-name.ts'
import { mapLimited } from '../map-limited.ts'
import { addressesOf } from '../wire/addresses.ts'
import type { Resolve } from '../wire/resolver.ts'
import { type Greeting, type GreetOptions, greet } from './greet.ts'

/** How a host of an MX answers: as the best of its addresses, since senders try them all. */
interface SmtpAnswer {
  readonly state: 'answers' | 'no-starttls' | 'silent' | 'unresolvable'
  readonly banner?: string
  /** What is wrong with the host, or with some of its addresses. */
  readonly reason?: string
}

interface AddressGreeting extends Greeting {
  readonly address: string
}

const atATime = 4
const best = ['answers', 'no-starttls', 'silent', 'no-route'] as const

/**
 * Whether hosts answer SMTP, at every address of each: one object for each host, guid and name as it was given, with
 * `{host, state, banner?, reason?, addresses: [{address, state, banner?, reason?}]}`. Rejects only with the signal's
 * reason.
 */
export async function readSmtp(
  resolve: Resolve,
  hosts: readonly string[],
  options: GreetOptions,
): Promise<readonly TenantObject[]> {
  return mapLimited(hosts, atATime, async (host) => {
    const greetings = await greetAll(resolve, host, options)
    const answer = typeof greetings === 'string' ? unresolvable(greetings) : summary(greetings)
    const addresses = typeof greetings === 'string' ? [] : greetings.map((greeting) => ({ ...greeting }))
    return { guid: host, name: host, properties: { host, ...answer, addresses } }
  })
}

function unresolvable(reason: string): SmtpAnswer {
  return { state: 'unresolvable', reason }
}

async function greetAll(
  resolve: Resolve,
  host: string,
  options: GreetOptions,
): Promise<readonly AddressGreeting[] | string> {
  const name = toDnsName(host)
  if (name === undefined) return 'it is not the name of a host'
  try {
    const addresses = await addressesOf(resolve, name)
    if (addresses.length === 0) return 'the host has no address'
    return await Promise.all(
      addresses.map(async (address) => ({ address, ...(await greet(address, options)) })),
    )
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    return error.said ?? error.message
  }
}

function summary(greetings: readonly AddressGreeting[]): SmtpAnswer {
  const state = best.find((one) => greetings.some((greeting) => greeting.state === one)) ?? 'silent'
  const { banner } = greetings.find((greeting) => greeting.state === state) ?? {}
  const reasons = greetings.flatMap(({ address, reason, state: own }) =>
    reason === undefined || (own === 'no-route' && state !== 'no-route') ? [] : `${address}: ${reason}`,
  )
  return {
    state: state === 'no-route' ? 'silent' : state,
    ...(banner === undefined ? {} : { banner }),
    ...(reasons.length === 0 ? {} : { reason: reasons.join('; ') }),
  }
}
