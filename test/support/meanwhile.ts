import type { JsonObject } from '../../src/model/json.ts'
import { administrator } from './administrator.ts'
import type { World } from './world.ts'

/** What somebody does to the tenant meanwhile, and how it is called in the test's title. */
export type Meanwhile = readonly [title: string, act: (world: World) => Promise<void>]

const rule = 'transport-rule'
const inbound = { kind: 'inbound-connector', name: 'Disable IP Throttling on Perception Point Connector' }
const outbound = { kind: 'outbound-connector', name: 'Perception Point Scanning' }

const vendorRuleNames = [
  'Perception Point Redirect Rule',
  'Perception Point Spam Rule',
  'Send Office 365 spam emails to Junk folder (High)',
  'Send Office 365 spam emails to Junk folder (Low)',
] as const

export function act(title: string, name: string, args?: JsonObject): Meanwhile {
  return [title, (world) => world.control.act(name, args)]
}

/** Sets one property of an object. */
export function edit(
  title: string,
  kind: string,
  name: string,
  property: string,
  value: JsonObject[string],
): Meanwhile {
  return act(title, 'set', { kind, name, property, value })
}

/** Runs one cmdlet as an administrator. */
export function cmdlet(title: string, name: string, parameters: JsonObject): Meanwhile {
  return [
    title,
    async (world) => {
      await (await administrator(world)).rows(name, parameters)
    },
  ]
}

/** Every way to change what the vendor left: each rule and connector edited, renamed and deleted. */
export const vendorObjectsTouched: readonly Meanwhile[] = [
  ...vendorRuleNames.flatMap((name) => [
    edit(`the rule "${name}" is edited`, rule, name, 'Comments', 'ours now'),
    edit(`the rule "${name}" is disabled`, rule, name, 'State', 'Disabled'),
    cmdlet(`the rule "${name}" is renamed`, 'Set-TransportRule', { Identity: name, Name: `${name} (old)` }),
    act(`the rule "${name}" is deleted`, 'delete', { kind: rule, name }),
  ]),
  edit('the inbound connector is edited', inbound.kind, inbound.name, 'RequireTls', false),
  edit('the inbound connector is disabled', inbound.kind, inbound.name, 'Enabled', false),
  act('the inbound connector gets an address of somebody else', 'edit-vendor-connector'),
  cmdlet('the inbound connector is renamed', 'Set-InboundConnector', {
    Identity: inbound.name,
    Name: 'Scanner in',
  }),
  act('the inbound connector is deleted', 'delete', inbound),
  edit(
    'the outbound connector is edited',
    outbound.kind,
    outbound.name,
    'TlsSettings',
    'CertificateValidation',
  ),
  edit('the outbound connector gets another host', outbound.kind, outbound.name, 'SmartHosts', [
    'relay.contoso.com',
  ]),
  act('the outbound connector is deleted', 'delete', outbound),
]
