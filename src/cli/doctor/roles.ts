import type { CmdletCheck } from '../../../adapters/exchange-online/preflight.ts'

const traceRole = 'View-Only Recipients'
const otherTraceRole = 'Message Tracking'
const script = 'scripts/permissions/Grant-OffboardAccess.ps1'

/** The management role that lets its holders run a cmdlet and little else; the first that fits. */
const documented: readonly (readonly [RegExp, string])[] = [
  [/^Get-MessageTraceV2$/, traceRole],
  [/^Get-/, 'View-Only Configuration'],
  [/-TransportRule$/, 'Transport Rules'],
  [/-(?:In|Out)boundConnector$/, 'Remote and Accepted Domains'],
  [/-HostedConnectionFilterPolicy$/, 'Transport Hygiene'],
]

/** How the script is told to grant a role. */
const scriptCalls: ReadonlyMap<string, string> = new Map([
  ...documented.map(([, role]) => [role, script] as const),
  [otherTraceRole, `${script} -TraceRole "${otherTraceRole}"`],
])

interface Wanted {
  /** Any one of them will do. */
  readonly roles: readonly string[]
  /** Whether the tenant itself named them. */
  readonly told: boolean
}

/** The documented role where the tenant has it for this cmdlet, else what the tenant says. */
function wantedFor({ cmdlet, roles }: CmdletCheck): Wanted {
  const role = documented.find(([pattern]) => pattern.test(cmdlet))?.[1]
  if (role !== undefined && (roles.length === 0 || roles.includes(role)))
    return { roles: [role], told: roles.length > 0 }
  return { roles: roles.includes(otherTraceRole) ? [otherTraceRole] : roles, told: roles.length > 0 }
}

/** What to do for the cmdlets that the caller may not run: which role is missing, and how it is granted. */
export function remedyFor(refused: readonly CmdletCheck[]): string {
  const wanted = refused.map(wantedFor)
  const roles = new Set(wanted.map(({ roles: names }) => names.map((name) => `"${name}"`).join(' or ')))
  const calls = new Set(wanted.flatMap(({ roles: [first = ''] }) => scriptCalls.get(first) ?? []))
  const source = wanted.every(({ told }) => told) ? '' : ' (as documented; the tenant did not say)'
  const how = calls.size === 0 ? 'by a role group of the caller' : `with ${[...calls].join(' and ')}`
  return `Grant the role ${[...roles].join(' and the role ')}${source}, ${how}: see docs/permissions.md. It takes a while to be in effect.`
}
