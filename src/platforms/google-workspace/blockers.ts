import { equalsAddress } from '../../footprint/address.ts'
import { isVendorHost } from '../../footprint/footprint.ts'
import { fold } from '../../model/name.ts'
import type { Blocker } from '../../model/plan.ts'
import type { DecidedContext } from '../../model/platform.ts'
import { mailHosts, objectsOf } from '../objects.ts'
import { otherEnvironment } from '../vendor-organization.ts'
import { rejectAll, rejectAllId } from './inbound-gateway.ts'
import { rejectingSettings } from './rejecting-settings.ts'

type Found = Omit<Blocker, 'waived'>

function otherRegions(context: DecidedContext): readonly Found[] {
  const entries = objectsOf('ip-allowlist', context)
  return [...context.footprint.otherRegions].flatMap(([region, addresses]) => {
    const entry = entries.find(({ name }) => addresses.some((address) => equalsAddress(name, address)))
    if (entry === undefined) return []
    return {
      id: `region:${region}`,
      kind: 'region',
      name: region,
      reason: `${entry.name} of ${region.toUpperCase()} is in the allow list of the spam filter: this customer looks like ${region.toUpperCase()}`,
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

/** Shown where a read tells that it is on, and where the operator answered for it; else a person is asked on the way. */
function rejecting(context: DecidedContext): readonly Found[] {
  const [setting] = rejectingSettings(context)
  const isAnswered = context.decisions.allow.some((id) => fold(id) === rejectAllId)
  if (setting === undefined && !isAnswered) return []
  const reason =
    setting === undefined
      ? `you answer for it that ${rejectAll} is off, or may stay on: with it on, all inbound mail is blocked once the addresses are gone`
      : `${setting.name} has ${rejectAll} on: without the addresses all inbound mail is blocked, so switch it off first`
  return [{ id: rejectAllId, kind: 'inbound-gateway', name: 'inbound gateway', reason, waivable: true }]
}

function mailExchangers(context: DecidedContext): readonly Found[] {
  return objectsOf('mx', context).flatMap((domain) => {
    const hosts = mailHosts(domain).filter((host) => isVendorHost(host, context.footprint))
    if (hosts.length === 0) return []
    return {
      id: `vendor-mx:${domain.name}`,
      kind: 'mx',
      name: domain.name,
      reason: `mail for ${domain.name} goes to the vendor first (${hosts.join(', ')}): put the MX record back to Google before anything else`,
      waivable: true,
    }
  })
}

/** Reasons not to run. */
export function blockers(context: DecidedContext): readonly Found[] {
  return [...regions(context), ...mailExchangers(context), ...rejecting(context)]
}
