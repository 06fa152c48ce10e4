import { parseSpf } from '../../../adapters/dns/mail-txt/spf.ts'
import { permitsHost } from '../../../adapters/dns/mta-sts/policy.ts'
import { equalsAddress } from '../../footprint/address.ts'
import { strings, text } from '../../footprint/properties.ts'
import { changeId } from '../../model/name.ts'
import type { Blocker, Leftover } from '../../model/plan.ts'
import type { DecidedContext } from '../../model/platform.ts'
import { objectsOf } from '../objects.ts'
import { otherEnvironment } from '../vendor-organization.ts'
import { hostOf } from './ids.ts'
import { hasWork, type MailDomain, mailDomains } from './mail-domain.ts'
import { unansweredBy, unansweredId } from './readiness.ts'
import { isSameDomain } from './record-set.ts'

type Found = Omit<Blocker, 'waived'>

function lastMx({ domain, mxValues, previous }: MailDomain): readonly Found[] {
  const going = mxValues.filter(({ goes }) => goes)
  const isSafe = previous.length > 0 || mxValues.some(({ goes, verdict }) => !goes && verdict.is === 'other')
  if (going.length === 0 || isSafe) return []
  return [
    {
      id: changeId('vendor-mx', domain),
      kind: 'mx-set',
      name: domain,
      reason: `the vendor's MX (${going.map(({ value }) => value).join(', ')}) is the only way of its mail: name the MX to go back to with --previous-mx`,
      waivable: false,
    },
  ]
}

/** Hosts to which senders that go by the domain's policy would not deliver once all is done. */
function unpermitted({ domain, previous, after }: MailDomain, mode: string, context: DecidedContext) {
  const policy = objectsOf('mta-sts-policy', context).find(({ name }) => isSameDomain(name, domain))
  if (policy === undefined || text(policy, 'mode') !== mode) return []
  const isPermitted = (value: string) => permitsHost(strings(policy, 'mx'), hostOf(value))
  const refused = previous.filter((value) => !isPermitted(value))
  return (refused.length > 0 || after.some(isPermitted) ? refused : after).map(hostOf)
}

function mtaSts(found: MailDomain, context: DecidedContext): readonly Found[] {
  const hosts = unpermitted(found, 'enforce', context)
  if (hosts.length === 0) return []
  return [
    {
      id: changeId('mta-sts', found.domain),
      kind: 'mta-sts-policy',
      name: found.domain,
      reason: `its MTA-STS policy is enforced and does not permit ${hosts.join(', ')}: senders would refuse to deliver there. Add it to https://mta-sts.${found.domain}/.well-known/mta-sts.txt, change the id in _mta-sts.${found.domain}, and wait until senders have read it`,
      waivable: false,
    },
  ]
}

/** A policy that is only tested does no harm yet. */
export function testedPolicies(context: DecidedContext): readonly Leftover[] {
  return mailDomains(context)
    .read.filter(hasWork)
    .flatMap((found) => {
      const hosts = unpermitted(found, 'testing', context)
      if (hosts.length === 0) return []
      return {
        id: changeId('mta-sts', found.domain),
        kind: 'mta-sts-policy',
        name: found.domain,
        reason: `its MTA-STS policy is in testing and does not permit ${hosts.join(', ')}`,
        harm: 'senders report failures, and refuse to deliver there once it is enforced',
        remedy: `add it to https://mta-sts.${found.domain}/.well-known/mta-sts.txt, and change the id in _mta-sts.${found.domain}`,
      }
    })
}

function unanswered(domains: readonly MailDomain[], context: DecidedContext): readonly Found[] {
  const hosts = [...new Set(domains.flatMap(({ previous }) => previous.map(hostOf)))]
  const silent = hosts.flatMap((host) => {
    const reason = unansweredBy(host, objectsOf('smtp', context))
    return reason === undefined ? [] : [{ host, reason }]
  })
  if (silent.length === 0) return []
  return [
    {
      id: unansweredId,
      kind: 'smtp',
      name: silent.map(({ host }) => host).join(', '),
      reason: `${silent.map(({ reason }) => reason).join('; ')}: without the vendor, mail would go there`,
      waivable: true,
    },
  ]
}

/** SPF lets another region of the vendor's send. */
function otherRegions(context: DecidedContext): readonly Found[] {
  const terms = objectsOf('mail-txt', context)
    .filter(({ properties }) => properties.place === 'spf')
    .flatMap((object) => strings(object, 'values').flatMap((record) => parseSpf(record) ?? []))
  return [...context.footprint.otherRegions].flatMap(([region, addresses]) => {
    const term = terms.find(({ name, value, prefix }) =>
      addresses.some((address) => name === 'ip4' && equalsAddress(`${value}${prefix}`, address)),
    )
    if (term === undefined) return []
    return {
      id: `region:${region}`,
      kind: 'region',
      name: region,
      reason: `${term.text} of ${region.toUpperCase()} is in SPF: this customer looks like ${region.toUpperCase()}; name that region too`,
      waivable: true,
    }
  })
}

/** A region that two things speak of is one blocker. */
function regions(context: DecidedContext): readonly Found[] {
  const found = Map.groupBy([...otherRegions(context), ...otherEnvironment(context)], ({ id }) => id)
  return [...found.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : { ...first, reason: [first, ...others].map(({ reason }) => reason).join('; ') },
  )
}

/** Reasons not to run. */
export function blockers(context: DecidedContext): readonly Found[] {
  const domains = mailDomains(context).read.filter(hasWork)
  return [
    ...regions(context),
    ...domains.flatMap(lastMx),
    ...domains.flatMap((found) => mtaSts(found, context)),
    ...unanswered(domains, context),
  ]
}
