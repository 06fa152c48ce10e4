import {
  ConflictError,
  InternalError,
  NotFoundError,
  ServiceError,
  TenantError,
} from '../../../src/model/errors.ts'
import type { Call, Edit, ObjectRef } from '../../../src/model/resource.ts'
import type { ServicePrincipal } from '../directory.ts'
import { appById } from '../directory.ts'
import type { Ask, GraphReader, GraphWriter } from '../transport.ts'

/** Ids of the directory: GUIDs, and texts in the characters of base64url. */
const usable = /^[\w-]{8,}$/

/** The id that names an object in a path. */
export function idOf({ guid, name }: ObjectRef): string {
  if (usable.test(guid)) return guid
  throw new InternalError({ tried: `name "${name}" by its id`, said: `"${guid}" is no id of an object` })
}

/** Removes one; what is gone already is a success. */
export async function removeOne(graph: GraphWriter, ask: Ask): Promise<void> {
  try {
    await graph.remove(ask)
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error
  }
}

/** The application of this id. Throws a ServiceError when it is not seen: it may have come back just now. */
export async function appNamed(graph: GraphReader, appId: string, tried: string): Promise<ServicePrincipal> {
  const app = await appById(graph, appId)
  if (app !== undefined) return app
  throw new ServiceError({
    tried,
    said: `the directory does not show the application ${appId}`,
    hint: 'Put the application back first. One that has just come back may take a minute to show.',
  })
}

/** Makes something that may be there already: a refusal counts only when a read does not find it. */
export async function makeUnlessThere(
  make: () => Promise<unknown>,
  isThere: () => Promise<boolean>,
): Promise<void> {
  try {
    await make()
  } catch (error) {
    const mayBeThere = error instanceof ConflictError || error instanceof TenantError
    if (!mayBeThere || !(await isThere())) throw error
  }
}

export function refuseCall({ command }: Call): InternalError {
  return new InternalError({ tried: `run ${command}`, said: 'it makes nothing of this kind' })
}

export function refuseEdit(kind: string, { name }: ObjectRef, edit: Edit): InternalError {
  return new InternalError({
    tried: `change ${edit.property} of "${name}"`,
    said: `the adapter does not make this change (${edit.kind}) to a ${kind}`,
  })
}
