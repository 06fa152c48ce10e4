import { isVendorHost } from '../../footprint/footprint.ts'
import { regionOf } from '../../footprint/match/allow-list-entry.ts'
import { routeOf } from '../../footprint/match/rule.ts'
import { strings } from '../../footprint/properties.ts'
import type { Json } from '../../model/json.ts'
import { changeId } from '../../model/name.ts'
import type { Blocker, Change } from '../../model/plan.ts'
import type { DecidedContext, MatchContext } from '../../model/platform.ts'
import { mailHosts, objectsOf } from '../objects.ts'
import { appBeforeConsole } from '../remediation-app/waiver.ts'
import { otherEnvironment } from '../vendor-organization.ts'
import { leadsTo } from './routes.ts'

type Found = Omit<Blocker, 'waived'>

function removedOf(kind: string, changes: readonly Change[]): readonly Change[] {
  return changes.filter((change) => change.action === 'remove' && change.kind === kind)
}

/** Exchange refuses to remove a connector that a rule names, and mail of a rule without one is lost. */
function routing(context: MatchContext, changes: readonly Change[]): readonly Found[] {
  const connectors = removedOf('outbound-connector', changes)
  const removed = new Set(removedOf('transport-rule', changes).map((change) => change.object.guid))
  return objectsOf('transport-rule', context).flatMap((rule) => {
    const connector = removed.has(rule.guid) ? undefined : leadsTo(rule, connectors)
    if (connector === undefined) return []
    return {
      id: changeId('routes', rule.name),
      kind: 'transport-rule',
      name: rule.name,
      reason: `this rule would remain and still routes to "${connector.name}", which would be deleted: delete or re-route it, or include it`,
      waivable: false,
    }
  })
}

/** Another region's addresses: the tenant, or the region asked for, is not what it was thought to be. */
function regions(context: MatchContext): readonly Found[] {
  const { footprint } = context
  const entries = [
    ...objectsOf('connection-filter', context).flatMap((policy) => strings(policy, 'IPAllowList')),
    ...objectsOf('inbound-connector', context).flatMap((connector) =>
      strings(connector, 'SenderIPAddresses'),
    ),
  ]
  const found = new Map<string, string[]>()
  for (const entry of new Set(entries)) {
    const region = regionOf(entry, footprint)
    if (region !== undefined) found.set(region, [...(found.get(region) ?? []), entry])
  }
  return [...found].map(([region, addresses]) => ({
    id: `region:${region}`,
    kind: 'region',
    name: region,
    reason: `this tenant looks like ${region.toUpperCase()}: it allows ${addresses.join(', ')}; check Settings > Account in the vendor's console, and name that region too`,
    waivable: true,
  }))
}

function mailExchangers(context: MatchContext): readonly Found[] {
  return objectsOf('mx', context).flatMap((domain) => {
    const hosts = mailHosts(domain).filter((host) => isVendorHost(host, context.footprint))
    if (hosts.length === 0) return []
    return {
      id: `vendor-mx:${domain.name}`,
      kind: 'mx',
      name: domain.name,
      reason: `mail for ${domain.name} goes to the vendor first (${hosts.join(', ')}): put the MX record back to Microsoft before anything else`,
      waivable: true,
    }
  })
}

/** A region that two things speak of is one blocker. */
function distinctRegions(found: readonly Found[]): readonly Found[] {
  return [...Map.groupBy(found, ({ id }) => id).values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : { ...first, reason: [first, ...others].map(({ reason }) => reason).join('; ') },
  )
}

/** Reasons not to run. */
export function blockers(context: DecidedContext, changes: readonly Change[]): readonly Found[] {
  return [
    ...routing(context, changes),
    ...distinctRegions([...regions(context), ...otherEnvironment(context)]),
    ...mailExchangers(context),
    ...appBeforeConsole(context, changes),
  ]
}

/** What the guards rested on: who names the connectors, and whether other addresses remain. */
export function facts(context: MatchContext, changes: readonly Change[]): Readonly<Record<string, Json>> {
  const connectors = removedOf('outbound-connector', changes)
  const routes = objectsOf('transport-rule', context)
    .filter((rule) => leadsTo(rule, connectors) !== undefined)
    .map((rule) => `${rule.guid} ${routeOf(rule)}`)
    .sort()
  const emptied = changes.some((change) => change.id === 'safe-list')
  return { routes, allowListEmptied: emptied }
}
