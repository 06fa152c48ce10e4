import * as z from 'zod'
import { opaqueId } from '../../tenant/ids.ts'
import { sandboxNow } from '../../tenant/state.ts'
import { badRequest, denied, notThere } from '../errors.ts'
import { type GraphHandler, noContent, objectAnswer } from '../handler.ts'
import { appRoleAssignmentType } from '../types.ts'
import { findApp, findObject } from './find.ts'

const creation = z.object({ principalId: z.guid(), resourceId: z.guid(), appRoleId: z.guid() })
const roles = z.array(z.looseObject({ id: z.string() }))

const assign: GraphHandler = (context) => {
  const { state, parameters, body } = context
  const { directory } = state
  const resource = findApp(directory.servicePrincipals, parameters.app)
  const { data } = creation.safeParse(body)
  if (data === undefined || data.resourceId !== resource.id)
    throw badRequest('One or more properties contains invalid values.')
  const principal = directory.servicePrincipals.find(({ id }) => id === data.principalId)
  if (principal === undefined) throw badRequest('Not a valid reference update.')
  if (!roles.parse(resource.appRoles ?? []).some(({ id }) => id === data.appRoleId))
    throw badRequest(`Permission being assigned was not found on application '${String(resource.appId)}'.`)
  const isThere = directory.appRoleAssignments.some(
    (one) =>
      one.principalId === data.principalId &&
      one.resourceId === data.resourceId &&
      one.appRoleId === data.appRoleId,
  )
  if (isThere) throw badRequest('Permission being assigned already exists on the object')
  state.serial += 1
  const made = {
    id: opaqueId(`${data.principalId} ${data.resourceId} ${data.appRoleId} ${state.serial}`),
    createdDateTime: sandboxNow(state).toISOString(),
    principalDisplayName: principal.displayName ?? null,
    resourceDisplayName: resource.displayName ?? null,
    ...data,
  }
  directory.appRoleAssignments = [...directory.appRoleAssignments, made]
  return objectAnswer(context, appRoleAssignmentType, made, 201)
}

/** Takes an assignment away by the app that has it, or by the one whose role it is. */
function unassign(side: 'principalId' | 'resourceId'): GraphHandler {
  return ({ state: { directory }, parameters }) => {
    const app = findApp(directory.servicePrincipals, parameters.app)
    const assignment = findObject(directory.appRoleAssignments, parameters.id)
    if (assignment[side] !== app.id) throw notThere(assignment.id)
    if (directory.locked.includes(assignment.id)) throw denied()
    directory.appRoleAssignments = directory.appRoleAssignments.filter(({ id }) => id !== assignment.id)
    return noContent
  }
}

export const roleHandlers = {
  'POST /servicePrincipals/{app}/appRoleAssignedTo': assign,
  'DELETE /servicePrincipals/{app}/appRoleAssignedTo/{id}': unassign('resourceId'),
  'DELETE /servicePrincipals/{app}/appRoleAssignments/{id}': unassign('principalId'),
} as const satisfies Record<string, GraphHandler>
