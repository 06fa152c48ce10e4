import { visible } from '../../model/name.ts'
import type { SandboxView } from '../../sandbox/control/client.ts'
import type { Context, Input } from '../command.ts'
import { onSandbox } from '../sandbox-command.ts'

const mostLines = 20

function section(title: string, names: readonly string[]): readonly string[] {
  return [
    `${title} (${names.length})`,
    ...names.slice(0, mostLines).map((name) => `  ${name}`),
    ...(names.length > mostLines ? [`  … and ${names.length - mostLines} more`] : []),
  ]
}

function objectLines(view: SandboxView): readonly string[] {
  return Object.entries(view.objects).flatMap(([kind, objects]) =>
    section(
      kind,
      objects.map((object) => visible(String(object.Name ?? object.DomainName ?? object.Identity ?? '?'))),
    ),
  )
}

function appLines({ directory }: SandboxView): readonly string[] {
  const { servicePrincipals, appRoleAssignments, oauth2PermissionGrants } = directory
  const grants = [...appRoleAssignments, ...oauth2PermissionGrants].map(
    ({ principalId, clientId }) => clientId ?? principalId,
  )
  return servicePrincipals.map(({ id, displayName, accountEnabled }) => {
    const count = grants.filter((holder) => holder === id).length
    return `${visible(String(displayName))}${accountEnabled === false ? ', disabled' : ''}${count === 0 ? '' : `, grants: ${count}`}`
  })
}

function textOf(value: unknown): string {
  return visible(String(value ?? '?'))
}

function googleLines({ google }: SandboxView): readonly string[] {
  const { customer, rules, delegation, hosts, inboundGateway } = google
  return [
    `Google customer ${customer.domain} (${customer.id})`,
    ...section(
      'compliance rule of Gmail',
      rules.map(
        ({ description, orgUnit, group }) =>
          `${textOf(description)}, in ${textOf(orgUnit)}${group === null ? '' : ` for ${textOf(group)}`}`,
      ),
    ),
    ...section(
      'client with domain-wide delegation',
      delegation.map(({ name, clientId }) => `${textOf(name)} (${textOf(clientId)})`),
    ),
    ...section(
      'host of Gmail',
      hosts.map(({ name, host }) => `${textOf(name)}, ${textOf(host)}`),
    ),
    ...section('address of the inbound gateway', inboundGateway.addresses.map(textOf)),
  ]
}

function asText(view: SandboxView): string {
  return [
    `${view.tenant.domain} (${view.tenant.id})`,
    `scenario ${view.scenario}, regions ${view.regions.join(', ')}`,
    `clock ${view.now}`,
    `${view.requests} requests so far, ${view.writesDone} writes done`,
    '',
    ...objectLines(view),
    ...section('app in the directory', appLines(view)),
    ...googleLines(view),
    `the vendor's channel is ${view.vendor.channel}`,
    ...(view.faults.length === 0
      ? []
      : ['', ...view.faults.map((fault) => `will fail: ${fault.kind} (${fault.left} times)`)]),
  ].join('\n')
}

/** `sandbox show`: what the tenant holds, and what was asked of it. */
export function handleSandboxShow(input: Input, context: Context): Promise<number> {
  return onSandbox(input, context, async ({ control, print }) => {
    const view = await control.show()
    print(view, asText(view))
  })
}
