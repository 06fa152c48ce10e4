import type { DecidedContext } from '../../model/platform.ts'
import type { TenantObject } from '../../model/resource.ts'
import { mailHosts, objectsOf } from '../objects.ts'
import { hostOf } from './ids.ts'
import { isSameDomain, type RecordSetObject, recordSetIn, valuesAnywhere } from './record-set.ts'
import { leadsToVendor } from './vendor-values.ts'

function atAuthority(
  domain: string,
  set: RecordSetObject | undefined,
  context: DecidedContext,
): readonly string[] {
  const there = (set === undefined ? [] : valuesAnywhere(set)).filter((value) =>
    leadsToVendor(domain, hostOf(value), context),
  )
  if (there.length > 0) return [`the MX of ${domain} is the vendor's (${there.join(', ')})`]
  if (set?.state === 'answered') return []
  return [`whether the MX of ${domain} is the vendor's could not be read`]
}

function atResolver(
  domain: string,
  answer: TenantObject | undefined,
  context: DecidedContext,
): readonly string[] {
  if (answer === undefined || answer.properties.state === 'unresolvable')
    return [`whether the resolver still has an MX of the vendor for ${domain} could not be read`]
  const hosts = mailHosts(answer).filter((host) => leadsToVendor(domain, host, context))
  return hosts.length === 0
    ? []
    : [`the resolver still has the vendor's MX of ${domain} (${hosts.join(', ')})`]
}

/** Where mail may still go to the vendor: at the authoritative servers, and at the resolver. One phrase for each. */
export function routesThere(context: DecidedContext): readonly string[] {
  const [sets, answers] = [objectsOf('mx-set', context), objectsOf('mx', context)]
  return (context.decisions.mx?.domains ?? []).flatMap((domain) => [
    ...atAuthority(domain, recordSetIn(sets, domain), context),
    ...atResolver(
      domain,
      answers.find(({ name }) => isSameDomain(name, domain)),
      context,
    ),
  ])
}
