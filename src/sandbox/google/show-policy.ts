import type { JsonObject } from '../../model/json.ts'
import type { GooglePolicy, GoogleState } from '../tenant/google.ts'
import { guidOf } from '../tenant/ids.ts'

function queryOf({ orgUnit, group }: GooglePolicy): string {
  const unit = `entity.org_units.exists(org_unit, org_unit.org_unit_id == orgUnitId('${orgUnit}'))`
  return group === undefined
    ? unit
    : `entity.groups.exists(group, group.group_id == groupId('${group}')) && ${unit}`
}

/** A policy as the API shows it. */
export function showPolicy({ customer }: GoogleState, policy: GooglePolicy): JsonObject {
  const { id, type, orgUnit, group, sortOrder, source, value } = policy
  return {
    name: `policies/${id}`,
    customer: `customers/${customer.id}`,
    policyQuery: {
      query: queryOf(policy),
      ...(group === undefined ? {} : { group: `groups/${group}` }),
      orgUnit: `orgUnits/${orgUnit}`,
      sortOrder,
    },
    setting: { type, value },
    type: source,
  }
}

/**
 * Hosts and inbound gateway, as policies of types that are made up: Google publishes none today. They stand at the
 * top unit.
 */
export function routePolicies({
  hosts,
  inboundGateway,
  orgUnits,
  publishesRoutes,
}: GoogleState): readonly GooglePolicy[] {
  if (!publishesRoutes) return []
  const orgUnit = orgUnits.find(({ path }) => path === '/')?.id ?? ''
  const shared = { orgUnit, sortOrder: 3, source: 'ADMIN' } as const
  const idOf = (type: string): string => guidOf(type).replaceAll('-', '')
  return [
    {
      ...shared,
      id: idOf('mail hosts'),
      type: 'settings/gmail.mail_hosts',
      value: { hosts: hosts.map(({ id, name, host, port }) => ({ id, name, host, port })) },
    },
    {
      ...shared,
      id: idOf('inbound gateway'),
      type: 'settings/gmail.inbound_gateway',
      value: {
        enabled: inboundGateway.enabled,
        gatewayIps: inboundGateway.addresses,
        rejectMailNotFromGatewayIps: inboundGateway.rejectAll,
        requireTls: inboundGateway.requireTls,
        headerRegexp: inboundGateway.headerRegexp,
      },
    },
  ]
}
