import { text } from '../../footprint/properties.ts'
import type { MatchContext } from '../../model/platform.ts'
import type { TenantObject } from '../../model/resource.ts'
import { objectsOf } from '../objects.ts'

/**
 * What a permission lets an application do, in words. The names and their meaning:
 * https://learn.microsoft.com/graph/permissions-reference
 */
const words: Readonly<Record<string, string>> = {
  'Mail.ReadWrite': 'can read and write all mailboxes',
  'Mail.Read': 'can read all mailboxes',
  'Mail.ReadBasic.All': 'can read the headers of all mail',
  'Mail.Send': 'can send mail as anybody',
  'MailboxSettings.Read': 'can read the settings of all mailboxes',
  'MailboxSettings.ReadWrite': 'can change the settings of all mailboxes',
  'User.Read.All': 'can read all users',
  'User.ReadWrite.All': 'can change all users',
  'Group.Read.All': 'can read all groups',
  'Group.ReadWrite.All': 'can change all groups',
  'Domain.Read.All': 'can read the domains',
  'Directory.Read.All': 'can read the directory',
  'Directory.ReadWrite.All': 'can change the directory',
  'Files.ReadWrite.All': 'can read and write all files',
  'Sites.ReadWrite.All': 'can read and write all sites',
  'SecurityEvents.ReadWrite.All': 'can change security events',
  full_access_as_app: 'has full access to all mailboxes',
  'Exchange.ManageAsApp': 'can run Exchange cmdlets by its roles',
}

function isOf(app: TenantObject): (right: TenantObject) => boolean {
  const appId = text(app, 'appId')
  return (right) => text(right, 'appId') === appId
}

/** An app's application permissions. */
export function rolesOf(app: TenantObject, context: MatchContext): readonly TenantObject[] {
  return objectsOf('app-role-assignment', context).filter(isOf(app))
}

/** What users, or an administrator for all of them, let an app do in their name. */
export function consentsOf(app: TenantObject, context: MatchContext): readonly TenantObject[] {
  return objectsOf('delegated-grant', context).filter(isOf(app))
}

function roleValue({ properties, name }: TenantObject): string {
  const { role } = properties
  const value = role !== null && typeof role === 'object' && 'value' in role ? role.value : undefined
  return typeof value === 'string' && value !== '' ? value : name
}

/** One phrase for an application permission. */
export function roleInWords(role: TenantObject): string {
  const value = roleValue(role)
  return words[value] ?? `has the permission ${value}`
}

/** One phrase for a delegated grant. */
export function consentInWords(grant: TenantObject): string {
  const scopes = (text(grant, 'scope') ?? '').trim().split(/\s+/).join(', ')
  return `may act for ${text(grant, 'principalId') === undefined ? 'every user' : 'one user'}: ${scopes}`
}

/** All that an app may do, in words. */
export function rightsInWords(app: TenantObject, context: MatchContext): string {
  const phrases = [...rolesOf(app, context).map(roleInWords), ...consentsOf(app, context).map(consentInWords)]
  return phrases.length === 0 ? 'holds no rights' : [...new Set(phrases)].join('; ')
}
