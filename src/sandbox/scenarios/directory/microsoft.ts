import type { Json, JsonObject } from '../../../model/json.ts'
import type { DirectoryState } from '../../tenant/directory.ts'
import { addApp } from '../../tenant/directory-change.ts'

export const graphAppId = '00000003-0000-0000-c000-000000000000'
export const exchangeAppId = '00000002-0000-0ff1-ce00-000000000000'

const microsoftTenant = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a'

/** Application permissions: id, value, display name. https://learn.microsoft.com/graph/permissions-reference */
const graphRoles = [
  ['e2a3a72e-5f79-4c64-b1b1-878b674786c9', 'Mail.ReadWrite', 'Read and write mail in all mailboxes'],
  ['810c84a8-4a9e-49e6-bf7d-12d183f40d01', 'Mail.Read', 'Read mail in all mailboxes'],
  ['b633e1c5-b582-4048-a93e-9f11b44c7e96', 'Mail.Send', 'Send mail as any user'],
  ['df021288-bdef-4463-88db-98f22de89214', 'User.Read.All', "Read all users' full profiles"],
  ['dbb9058a-0e50-45d7-ae91-66909b5d4664', 'Domain.Read.All', 'Read domains'],
  ['7ab1d382-f21e-4acd-a863-ba3e13f7da61', 'Directory.Read.All', 'Read directory data'],
  ['5b567255-7703-4780-807c-7be8301ae99b', 'Group.Read.All', 'Read all groups'],
  ['01d4889c-1287-42c6-ac1f-5d1e02578ef6', 'Files.Read.All', 'Read files in all site collections'],
  ['9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30', 'Application.Read.All', 'Read all applications'],
  ['1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9', 'Application.ReadWrite.All', 'Read and write all applications'],
] as const

const exchangeRoles = [
  [
    'dc890d15-9560-4a4c-9b7f-a736ec74ec40',
    'full_access_as_app',
    'Use Exchange Web Services with full access to all mailboxes',
  ],
  ['dc50a0fb-09a3-484d-be87-e023b12c6440', 'Exchange.ManageAsApp', 'Manage Exchange As Application'],
] as const

const graphScopes = [
  ['e1fe6dd8-ba31-4d61-89e7-88639da4683d', 'User.Read', 'Sign in and read user profile'],
  ['14dad69e-099b-42c9-810b-d002981feec1', 'profile', "View users' basic profile"],
  ['570282fd-fa5c-430d-a7fd-fc8dc98a9dca', 'Mail.Read', 'Read user mail'],
] as const

type Row = readonly [id: string, value: string, displayName: string]

function roles(rows: readonly Row[]): Json {
  return rows.map(([id, value, displayName]) => ({
    allowedMemberTypes: ['Application'],
    description: `${displayName}, without a signed-in user.`,
    displayName,
    id,
    isEnabled: true,
    origin: 'Application',
    value,
  }))
}

function scopes(rows: readonly Row[]): Json {
  return rows.map(([id, value, name]) => ({
    adminConsentDescription: name,
    adminConsentDisplayName: name,
    id,
    isEnabled: true,
    type: 'User',
    userConsentDescription: name,
    userConsentDisplayName: name,
    value,
  }))
}

/** Microsoft's own applications, two of which have permissions that others are granted. */
export function addMicrosoftApps(directory: DirectoryState): void {
  const apps: readonly (JsonObject & { appId: string; displayName: string })[] = [
    {
      appId: graphAppId,
      displayName: 'Microsoft Graph',
      appRoles: roles(graphRoles),
      oauth2PermissionScopes: scopes(graphScopes),
    },
    { appId: exchangeAppId, displayName: 'Office 365 Exchange Online', appRoles: roles(exchangeRoles) },
    { appId: '00000003-0000-0ff1-ce00-000000000000', displayName: 'Office 365 SharePoint Online' },
    { appId: '797f4846-ba00-4fd7-ba43-dac1f8f63013', displayName: 'Windows Azure Service Management API' },
  ]
  for (const app of apps)
    addApp(directory, {
      ...app,
      appOwnerOrganizationId: microsoftTenant,
      publisherName: 'Microsoft Services',
    })
}
