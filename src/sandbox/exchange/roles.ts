import type { Caller } from '../tenant/state.ts'
import { cmdletNames } from './signatures.ts'

/** A management role: the cmdlets that it lets its holders run. */
interface Role {
  readonly type: string
  readonly cmdlets: readonly RegExp[]
}

/** The built-in roles that matter here, as far as they are documented. */
export const roles: Readonly<Record<string, Role>> = {
  'View-Only Configuration': {
    type: 'ViewOnlyConfiguration',
    cmdlets: [/^Get-(?!MessageTrace|MailContact|DistributionGroup)/],
  },
  'View-Only Recipients': {
    type: 'ViewOnlyRecipients',
    cmdlets: [/^Get-(MailContact|DistributionGroup|AcceptedDomain|MessageTraceV2)$/],
  },
  'Transport Rules': { type: 'TransportRules', cmdlets: [/-TransportRule$/, /^Get-AcceptedDomain$/] },
  'Remote and Accepted Domains': {
    type: 'RemoteAndAcceptedDomains',
    cmdlets: [/-(In|Out)boundConnector$/, /^Get-(Accepted|Remote)Domain$/],
  },
  'Transport Hygiene': {
    type: 'TransportHygiene',
    cmdlets: [
      /-HostedConnectionFilterPolicy$/,
      /^Get-(HostedContentFilterPolicy|AntiPhishPolicy|ArcConfig|TenantAllowBlockList|SafeLinksPolicy|SafeAttachmentPolicy|PhishSim|ExoPhishSim|SecOps|ExoSecOps|DkimSigningConfig)/,
    ],
  },
  'Message Tracking': { type: 'MessageTracking', cmdlets: [/^Get-MessageTraceV2$/] },
  Journaling: { type: 'Journaling', cmdlets: [/^Get-(JournalRule|TransportConfig)$/] },
  'Role Management': {
    type: 'RoleManagement',
    cmdlets: [/-RoleGroup(Member)?$/, /-ServicePrincipal$/, /^Get-ManagementRole/],
  },
}

export const everyRole: readonly string[] = Object.keys(roles)

export function rolesWith(cmdlet: string): readonly string[] {
  return everyRole.filter((name) => roles[name]?.cmdlets.some((pattern) => pattern.test(cmdlet)))
}

export function mayRun(caller: Caller, cmdlet: string): boolean {
  return !caller.without.includes(cmdlet) && rolesWith(cmdlet).some((role) => caller.roles.includes(role))
}

/** All that the caller may run. */
export function cmdletsOf(caller: Caller): readonly string[] {
  return cmdletNames.filter((cmdlet) => mayRun(caller, cmdlet))
}
