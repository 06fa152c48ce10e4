import * as z from 'zod'
import { type DirectoryObject, servicePrincipalId } from '../../tenant/directory.ts'
import { deleteApp } from '../../tenant/directory-change.ts'
import { guidOf } from '../../tenant/ids.ts'
import { sandboxNow } from '../../tenant/state.ts'
import { badRequest, denied, inUse } from '../errors.ts'
import { type GraphContext, type GraphHandler, noContent, objectAnswer } from '../handler.ts'
import { servicePrincipalType } from '../types.ts'
import { findApp } from './find.ts'

const changes = z.strictObject({
  accountEnabled: z.boolean().exactOptional(),
  appRoleAssignmentRequired: z.boolean().exactOptional(),
  description: z.string().nullable().exactOptional(),
  notes: z.string().nullable().exactOptional(),
  tags: z.array(z.string()).exactOptional(),
})
const creation = z.strictObject({ appId: z.guid() })

const update: GraphHandler = ({ state: { directory }, parameters, body }) => {
  const app = findApp(directory.servicePrincipals, parameters.app)
  const { data } = changes.safeParse(body)
  if (data === undefined || Object.keys(data).length === 0)
    throw badRequest('One or more properties contains invalid values.')
  directory.servicePrincipals = directory.servicePrincipals.map((one) =>
    one.id === app.id ? { ...one, ...data } : one,
  )
  return noContent
}

const remove: GraphHandler = ({ state, parameters }) => {
  const { id } = findApp(state.directory.servicePrincipals, parameters.app)
  if (state.directory.locked.includes(id)) throw denied()
  deleteApp(state, id)
  return noContent
}

/** The application that a new service principal stands for, as far as its own ones in the past tell. */
function applicationOf({ state }: GraphContext, appId: string): DirectoryObject {
  const known = state.directory.deletedItems.find((app) => app.appId === appId)
  if (known === undefined)
    throw badRequest(
      `The appId '${appId}' of the service principal does not reference a valid application object.`,
    )
  return known
}

const create: GraphHandler = (context) => {
  const { state, body } = context
  const { directory } = state
  const { data } = creation.safeParse(body)
  if (data === undefined) throw badRequest('One or more properties contains invalid values.')
  if (directory.servicePrincipals.some(({ appId }) => appId === data.appId))
    throw inUse(
      `The service principal cannot be created, updated, or restored because the service principal name ${data.appId} is already in use.`,
    )
  const { deletedDateTime: _, accountEnabled: __, ...application } = applicationOf(context, data.appId)
  state.serial += 1
  const id = guidOf(`${servicePrincipalId(data.appId)} ${state.serial}`)
  const made = { ...application, id, createdDateTime: sandboxNow(state).toISOString() }
  directory.servicePrincipals = [...directory.servicePrincipals, made]
  return objectAnswer(context, servicePrincipalType, made, 201)
}

export const servicePrincipalHandlers = {
  'PATCH /servicePrincipals/{app}': update,
  'DELETE /servicePrincipals/{app}': remove,
  'POST /servicePrincipals': create,
} as const satisfies Record<string, GraphHandler>
