import * as z from 'zod'
import { opaqueId } from '../../tenant/ids.ts'
import { badRequest, denied, inUse } from '../errors.ts'
import { type GraphHandler, noContent, objectAnswer } from '../handler.ts'
import { grantType } from '../types.ts'
import { findObject } from './find.ts'

const creation = z.object({
  clientId: z.guid(),
  consentType: z.enum(['AllPrincipals', 'Principal']),
  principalId: z.guid().nullable().default(null),
  resourceId: z.guid(),
  scope: z.string(),
})

const create: GraphHandler = (context) => {
  const { state, body } = context
  const { directory } = state
  const { data } = creation.safeParse(body)
  if (data === undefined || (data.consentType === 'Principal') !== (data.principalId !== null))
    throw badRequest('One or more properties contains invalid values.')
  const ids = directory.servicePrincipals.map(({ id }) => id)
  if (![data.clientId, data.resourceId].every((id) => ids.includes(id)))
    throw badRequest('Not a valid reference update.')
  const isThere = directory.oauth2PermissionGrants.some(
    (grant) =>
      grant.clientId === data.clientId &&
      grant.resourceId === data.resourceId &&
      (grant.principalId ?? null) === data.principalId,
  )
  if (isThere) throw inUse('Permission entry already exists.')
  state.serial += 1
  const made = { id: opaqueId(`${data.clientId} ${data.resourceId} ${state.serial}`), ...data }
  directory.oauth2PermissionGrants = [...directory.oauth2PermissionGrants, made]
  return objectAnswer(context, grantType, made, 201)
}

const remove: GraphHandler = ({ state: { directory }, parameters }) => {
  const grant = findObject(directory.oauth2PermissionGrants, parameters.id)
  if (directory.locked.includes(grant.id)) throw denied()
  directory.oauth2PermissionGrants = directory.oauth2PermissionGrants.filter(({ id }) => id !== grant.id)
  return noContent
}

export const grantHandlers = {
  'POST /oauth2PermissionGrants': create,
  'DELETE /oauth2PermissionGrants/{id}': remove,
} as const satisfies Record<string, GraphHandler>
