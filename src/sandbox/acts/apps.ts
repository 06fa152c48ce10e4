import { graphAppId } from '../scenarios/directory/microsoft.ts'
import {
  addRemediationApp,
  grantRemediationApp,
  remediationApp,
} from '../scenarios/directory/remediation-app.ts'
import type { DirectoryObject } from '../tenant/directory.ts'
import { addApp, appNamed, assignRoles, deleteApp, grantScopes } from '../tenant/directory-change.ts'
import { guidOf } from '../tenant/ids.ts'
import type { SandboxState } from '../tenant/state.ts'
import { switchChannel } from '../tenant/vendor.ts'
import { type Act, argument, textsOf } from './act.ts'

function appOf({ directory }: SandboxState, args: Parameters<Act['run']>[1]): DirectoryObject {
  return appNamed(directory, argument(args, 'app', remediationApp.appId))
}

function setEnabled(state: SandboxState, id: string, accountEnabled: boolean): void {
  const { directory } = state
  directory.servicePrincipals = directory.servicePrincipals.map((app) =>
    app.id === id ? { ...app, accountEnabled } : app,
  )
}

/** Somebody consents to the vendor's app again: what is missing of it is made anew. */
function putAppBack(state: SandboxState): void {
  const { directory } = state
  state.serial += 1
  const origin = ` consent ${state.serial}`
  const isThere = directory.servicePrincipals.some(({ appId }) => appId === remediationApp.appId)
  if (!isThere) addRemediationApp(directory, guidOf(origin))
  grantRemediationApp(directory, origin)
}

function addGrant(state: SandboxState, args: Parameters<Act['run']>[1]): void {
  state.serial += 1
  const granting = { app: appOf(state, args).id, resource: graphAppId, origin: ` grant ${state.serial}` }
  const scope = argument(args, 'scope', '')
  if (scope === '') assignRoles(state.directory, granting, [argument(args, 'role', 'Mail.Send')])
  else grantScopes(state.directory, granting, scope)
}

/** What is done in the Entra portal, and in the vendor's console. */
export const appActs = {
  'disable-app': {
    description: 'disables an app {app: the vendor’s}',
    run: (state, args) => setEnabled(state, appOf(state, args).id, false),
  },
  'enable-app': {
    description: 'enables an app {app: the vendor’s}',
    run: (state, args) => setEnabled(state, appOf(state, args).id, true),
  },
  'add-grant': {
    description:
      'grants an app a role, or a scope for everyone, on Graph {app: the vendor’s, role: Mail.Send, scope}',
    run: addGrant,
  },
  'delete-app': {
    description: 'deletes an app in the Entra portal {app: the vendor’s}',
    run: (state, args) => deleteApp(state, appOf(state, args).id),
  },
  'put-app-back': {
    description: 'somebody consents to the vendor’s app again: what is missing of it is made anew',
    run: putAppBack,
  },
  'unlock-grants': {
    description: 'grants that nobody might take away may be taken away again',
    run: ({ directory }) => {
      directory.locked = []
    },
  },
  'add-customer-app': {
    description: 'makes an app of the customer’s own with a like name {name: Perception Point Training}',
    run: ({ directory, tenant }, args) => {
      const displayName = argument(args, 'name', 'Perception Point Training')
      addApp(directory, {
        appId: guidOf(`application ${displayName}`),
        displayName,
        appOwnerOrganizationId: tenant.id,
        publisherName: directory.organization.displayName,
        signInAudience: 'AzureADMyOrg',
      })
    },
  },
  'set-graph-permissions': {
    description: 'the caller’s next tokens hold these permissions on Graph and no others {permissions: […]}',
    run: ({ directory }, args) => {
      directory.permissions = textsOf(args.permissions)
    },
  },
  'deactivate-channel': {
    description: 'the vendor’s console: the channel to Microsoft 365 becomes inactive, scans stop',
    run: (state) => switchChannel(state, false),
  },
  'activate-channel': {
    description: 'the vendor’s console: the channel to Microsoft 365 becomes active',
    run: (state) => switchChannel(state, true),
  },
} as const satisfies Record<string, Act>
