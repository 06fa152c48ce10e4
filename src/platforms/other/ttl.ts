import type { WaitStep } from '../../model/platform.ts'
import type { WaitAnswer, WaitContext } from '../../model/wait.ts'
import { mailHosts } from '../objects.ts'
import { type MailDomain, mailDomains } from './mail-domain.ts'
import { isSameDomain } from './record-set.ts'
import { leadsToVendor } from './vendor-values.ts'

const second = 1000
const hour = 3600 * second

/** In seconds, the longest that any server of the domain gave the old set. */
function oldTtl({ mx: { ttl, servers } }: MailDomain): number {
  return Math.max(ttl, ...servers.map((server) => server.ttl))
}

/**
 * A resolver that asked just before the last server changed keeps the old set for one time to live. Twice that and an
 * hour is time enough for one that keeps it longer than it may.
 */
function longest(leastMs: number): number {
  return 2 * leastMs + hour
}

/** Looks at the resolver, which may be the last to know. */
async function isForgotten(context: WaitContext): Promise<WaitAnswer> {
  const { systems, lanes, least, unproven } = context
  if (unproven.length > 0)
    return { is: 'not-yet', evidence: `nothing proves yet that ${unproven.join(', ')} was done` }
  const answers = (await systems.get('dns')?.sources.get('mx')?.list()) ?? []
  const isWaitedFor = (domain: string) =>
    lanes.has('') || [...lanes].some((lane) => isSameDomain(lane, domain))
  const asked = answers.filter(({ name }) => isWaitedFor(name))
  const still = asked.flatMap((domain) =>
    mailHosts(domain)
      .filter((host) => leadsToVendor(domain.name, host, context))
      .map((host) => `${domain.name} at ${host}`),
  )
  if (still.length > 0) return { is: 'not-yet', evidence: `the resolver still has ${still.join(', ')}` }
  const dark = asked.filter(({ properties }) => properties.state === 'unresolvable').map(({ name }) => name)
  if (dark.length > 0 || asked.length === 0)
    return { is: 'unknown', evidence: `the resolver did not answer for ${dark.join(', ') || 'any domain'}` }
  return {
    is: 'over',
    evidence: `the resolver has no MX of the vendor any more; the vendor had to go on accepting mail until ${least.toISOString()}`,
  }
}

/** Senders may hold the old MX that long, so the vendor must go on accepting. */
export const ttl: WaitStep = {
  id: 'ttl',
  title: 'Wait until senders have forgotten the vendor’s MX',
  kind: 'wait',
  why: 'senders may still hold the old MX, so the vendor must go on accepting mail until then',
  after: ['vendor-mx'],
  fromProof: true,
  plan(_changes, decisions, { survey, footprint }) {
    const losing = mailDomains({ survey, footprint, decisions }).read.filter(({ mxValues }) =>
      mxValues.some(({ goes }) => goes),
    )
    if (losing.length === 0) return undefined
    const leastMs = Math.max(...losing.map(oldTtl)) * second
    return {
      id: this.id,
      title: this.title,
      atLeastMs: leastMs,
      atMostMs: longest(leastMs),
      unreadableMs: leastMs,
    }
  },
  until: isForgotten,
}
