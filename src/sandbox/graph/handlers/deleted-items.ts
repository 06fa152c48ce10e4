import type { DirectoryObject } from '../../tenant/directory.ts'
import { type SandboxState, sandboxNow } from '../../tenant/state.ts'
import { inUse } from '../errors.ts'
import { type GraphHandler, listAnswer, objectAnswer } from '../handler.ts'
import { servicePrincipalType } from '../types.ts'
import { findApp } from './find.ts'

const keptMs = 30 * 86_400_000

/** What can still be restored. */
function restorable(state: SandboxState): readonly DirectoryObject[] {
  const oldest = sandboxNow(state).getTime() - keptMs
  return state.directory.deletedItems.filter(
    ({ deletedDateTime }) => Date.parse(String(deletedDateTime)) > oldest,
  )
}

const list: GraphHandler = (context) =>
  listAnswer(context, servicePrincipalType, () => restorable(context.state))

/** The service principal comes back with its id. Whether its grants do is not documented: here they do not. */
const restore: GraphHandler = (context) => {
  const { state, parameters } = context
  const { directory } = state
  const { deletedDateTime: _, ...found } = findApp(restorable(state), parameters.id)
  if (directory.servicePrincipals.some(({ appId }) => appId === found.appId))
    throw inUse(
      `The service principal cannot be created, updated, or restored because the service principal name ${String(found.appId)} is already in use.`,
    )
  const app = { ...found, id: String(found.id) }
  directory.deletedItems = directory.deletedItems.filter(({ id }) => id !== app.id)
  directory.servicePrincipals = [...directory.servicePrincipals, app]
  return objectAnswer(context, servicePrincipalType, app)
}

export const deletedItemHandlers = {
  'GET /directory/deletedItems/microsoft.graph.servicePrincipal': list,
  'POST /directory/deletedItems/{id}/restore': restore,
} as const satisfies Record<string, GraphHandler>
