import type { Json, JsonObject } from '../../../model/json.ts'
import type { DirectoryState } from '../../tenant/directory.ts'
import { addApp } from '../../tenant/directory-change.ts'
import permissions from './permissions.json' with { type: 'json' }

export const graphAppId = '00000003-0000-0000-c000-000000000000'
export const exchangeAppId = '00000002-0000-0ff1-ce00-000000000000'

const microsoftTenant = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a'

/** A permission that an API publishes. The names and ids are real: https://learn.microsoft.com/graph/permissions-reference */
interface Permission {
  readonly id: string
  readonly value: string
  readonly displayName: string
}

function roles(published: readonly Permission[]): Json {
  return published.map(({ id, value, displayName }) => ({
    allowedMemberTypes: ['Application'],
    description: `${displayName}, without a signed-in user.`,
    displayName,
    id,
    isEnabled: true,
    origin: 'Application',
    value,
  }))
}

function scopes(published: readonly Permission[]): Json {
  return published.map(({ id, value, displayName }) => ({
    adminConsentDescription: displayName,
    adminConsentDisplayName: displayName,
    id,
    isEnabled: true,
    type: 'User',
    userConsentDescription: displayName,
    userConsentDisplayName: displayName,
    value,
  }))
}

/** Microsoft's own applications, two of which have permissions that others are granted. */
export function addMicrosoftApps(directory: DirectoryState): void {
  const apps: readonly (JsonObject & { appId: string; displayName: string })[] = [
    {
      appId: graphAppId,
      displayName: 'Microsoft Graph',
      appRoles: roles(permissions.graphRoles),
      oauth2PermissionScopes: scopes(permissions.graphScopes),
    },
    {
      appId: exchangeAppId,
      displayName: 'Office 365 Exchange Online',
      appRoles: roles(permissions.exchangeRoles),
    },
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
