import type { JsonObject } from '../../model/json.ts'
import { type DirectoryState, servicePrincipalId } from '../tenant/directory.ts'
import { addApp, assignRoles, grantScopes } from '../tenant/directory-change.ts'
import { guidOf, tenantIds } from '../tenant/ids.ts'
import { graphAppId } from './directory/microsoft.ts'
import { dropApp, remediationApp } from './directory/remediation-app.ts'
import { dropVendorMailFlow } from './footprint.ts'
import type { Scenario } from './scenario.ts'

const manyApps = 2500

/** Apps of others with names like the vendor's. */
const lookalikes = [
  ['Perception Point X-Ray', 'Perception-Point Partner GmbH', ['Mail.Read']],
  ['FortiMail Workspace Security', 'Fortinet, Inc.', ['Mail.ReadWrite', 'User.Read.All']],
  ['Acronis Email Security', 'Acronis International GmbH', []],
] as const

function editApp({ directory }: { readonly directory: DirectoryState }, changes: JsonObject): void {
  directory.servicePrincipals = directory.servicePrincipals.map((app) =>
    app.appId === remediationApp.appId ? { ...app, ...changes } : app,
  )
}

function addManyApps(directory: DirectoryState): void {
  const all = directory.servicePrincipals
  const made = Array.from({ length: manyApps - all.length }, (_, index) => {
    const displayName = `Line of business ${String(index).padStart(4, '0')}`
    const appId = guidOf(`application ${displayName}`)
    return { id: servicePrincipalId(appId), appId, displayName, servicePrincipalNames: [appId] }
  })
  directory.servicePrincipals = [
    ...all.slice(0, 4),
    ...made.slice(0, 2000),
    ...all.slice(4),
    ...made.slice(2000),
  ]
}

/** The vendor's app in the directory, and what is around it. */
export const appScenarios = {
  'no-app': {
    description: 'the vendor’s app is not in the directory',
    change: ({ directory }) => dropApp(directory, remediationApp.appId),
  },
  'app-disabled': {
    description: 'the vendor’s app is disabled already, and its grants are still there',
    change: (seed) => editApp(seed, { accountEnabled: false }),
  },
  'app-many-apps': {
    description: '2,500 service principals over several pages, the vendor’s late among them',
    change: ({ directory }) => addManyApps(directory),
  },
  'app-lookalikes': {
    description: 'three more apps with names like the vendor’s, of different publishers',
    change({ directory }) {
      for (const [displayName, publisherName, roles] of lookalikes) {
        const appId = guidOf(`application ${displayName}`)
        addApp(directory, {
          appId,
          displayName,
          publisherName,
          appOwnerOrganizationId: guidOf(`tenant of ${publisherName}`),
        })
        assignRoles(directory, { app: appId, resource: graphAppId }, roles)
      }
      grantScopes(
        directory,
        { app: guidOf('application Acronis Email Security'), resource: graphAppId },
        'User.Read Mail.Read',
      )
    },
  },
  'grant-denied': {
    description: 'one of the grants of the vendor’s app may not be taken away by anybody',
    change({ directory }) {
      const role = directory.appRoleAssignments.find(
        ({ principalDisplayName, appRoleId }) =>
          principalDisplayName === remediationApp.displayName &&
          appRoleId === 'df021288-bdef-4463-88db-98f22de89214',
      )
      directory.locked = role === undefined ? [] : [role.id]
    },
  },
  'graph-denied': {
    description: 'the caller may not read the directory’s apps',
    change({ directory }) {
      directory.permissions = ['Organization.Read.All', 'Domain.Read.All']
    },
  },
  'graph-read-only': {
    description: 'the caller may read everything on Graph and write nothing',
    change({ directory }) {
      directory.permissions = [
        'Organization.Read.All',
        'Domain.Read.All',
        'Application.Read.All',
        'Directory.Read.All',
      ]
    },
  },
  'wrong-directory': {
    description: 'Graph answers for another tenant than the one that was asked for',
    change({ directory }) {
      directory.organization = { id: tenantIds['fabrikam-other.onmicrosoft.com'], displayName: 'Fabrikam' }
      directory.domains = [
        { id: 'fabrikam-other.onmicrosoft.com', isInitial: true, supportedServices: ['Email'] },
        { id: 'fabrikam-other.example', isDefault: true, supportedServices: ['Email'] },
      ]
    },
  },
  'api-only': {
    description: 'the vendor scans by its API integration: app and channel, and nothing in the mail flow',
    change(seed) {
      dropVendorMailFlow(seed)
      seed.vendor.method = 'api'
    },
  },
} as const satisfies Record<string, Scenario>
