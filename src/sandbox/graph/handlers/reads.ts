import { seenObjects } from '../../tenant/directory.ts'
import { type GraphContext, type GraphHandler, listAnswer, objectAnswer } from '../handler.ts'
import {
  appRoleAssignmentType,
  domainType,
  grantType,
  organizationType,
  servicePrincipalType,
} from '../types.ts'
import { findApp } from './find.ts'

const organization: GraphHandler = (context) => {
  const { organization: own, domains } = context.state.directory
  const verifiedDomains = domains
    .filter(({ isVerified }) => isVerified !== false)
    .map(({ id, isDefault = false, isInitial = false, supportedServices = [] }) => ({
      capabilities: Array.isArray(supportedServices) ? supportedServices.join(', ') : '',
      isDefault,
      isInitial,
      name: id ?? '',
      type: 'Managed',
    }))
  return listAnswer(context, organizationType, () => [{ ...own, verifiedDomains }])
}

const domains: GraphHandler = (context) =>
  listAnswer(context, domainType, () => context.state.directory.domains)

const apps: GraphHandler = (context) =>
  listAnswer(context, servicePrincipalType, () => seenObjects(context.state, 'servicePrincipals'))

const app: GraphHandler = (context) => {
  const seen = seenObjects(context.state, 'servicePrincipals')
  return objectAnswer(context, servicePrincipalType, findApp(seen, context.parameters.app))
}

/** The id of the app that the path names; there must be one. */
function appOf({ state, parameters }: GraphContext): string {
  return findApp(state.directory.servicePrincipals, parameters.app).id
}

/** App role assignments of which the app is the one that has them, or whose roles they are. */
function assignments(side: 'principalId' | 'resourceId'): GraphHandler {
  return (context) => {
    const id = appOf(context)
    return listAnswer(context, appRoleAssignmentType, () =>
      seenObjects(context.state, 'appRoleAssignments').filter((assignment) => assignment[side] === id),
    )
  }
}

const grantsOfApp: GraphHandler = (context) => {
  const id = appOf(context)
  return listAnswer(context, grantType, () =>
    seenObjects(context.state, 'oauth2PermissionGrants').filter(({ clientId }) => clientId === id),
  )
}

const grants: GraphHandler = (context) =>
  listAnswer(context, grantType, () => seenObjects(context.state, 'oauth2PermissionGrants'))

export const readHandlers = {
  'GET /organization': organization,
  'GET /domains': domains,
  'GET /servicePrincipals': apps,
  'GET /servicePrincipals/{app}': app,
  'GET /servicePrincipals/{app}/appRoleAssignments': assignments('principalId'),
  'GET /servicePrincipals/{app}/appRoleAssignedTo': assignments('resourceId'),
  'GET /servicePrincipals/{app}/oauth2PermissionGrants': grantsOfApp,
  'GET /oauth2PermissionGrants': grants,
} as const satisfies Record<string, GraphHandler>
