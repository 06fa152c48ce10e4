import { InternalError, NotFoundError } from '../../../src/model/errors.ts'
import type { Call, Edit, ObjectRef, TenantObject } from '../../../src/model/resource.ts'
import { isWriteCmdlet, type WriteCmdlet } from '../cmdlets.ts'
import { isGuid } from '../objects.ts'
import type { ExchangeWriter } from '../transport.ts'

/** The parameter that names an object: its GUID, as a name may hold wildcards. */
export function target({ guid, name }: ObjectRef) {
  if (!isGuid(guid))
    throw new InternalError({ tried: `name "${name}" by its id`, said: `"${guid}" is no GUID` })
  return { Identity: guid }
}

/** The object itself, or, of one without a GUID that this program has made, the only one of its name. */
export async function located(
  object: ObjectRef,
  list: () => Promise<readonly TenantObject[]>,
): Promise<ObjectRef> {
  if (object.guid !== '') return object
  const [found, second] = (await list()).filter(({ name }) => name === object.name)
  if (found !== undefined && second === undefined) return found
  throw new NotFoundError({ tried: `find "${object.name}"`, said: 'there is not one of this name' })
}

/** Removes one after the other: the order is the caller's, and what is gone already is a success. */
export async function removeEach(
  writer: ExchangeWriter,
  cmdlet: WriteCmdlet,
  objects: readonly ObjectRef[],
): Promise<void> {
  for (const object of objects) {
    try {
      await writer.write(cmdlet, target(object))
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error
    }
  }
}

/** Runs the calls one after the other, if they are of these cmdlets. */
export async function runCalls(
  writer: ExchangeWriter,
  calls: readonly Call[],
  cmdlets: readonly WriteCmdlet[],
): Promise<void> {
  for (const { command, parameters } of calls) {
    if (!isWriteCmdlet(command) || !cmdlets.includes(command)) throw refuseCall(command)
    await writer.write(command, parameters)
  }
}

export function refuseCall(command: string): InternalError {
  return new InternalError({ tried: `run ${command}`, said: 'it makes nothing of this kind' })
}

export function refuseEdit(kind: string, { name }: ObjectRef, edit: Edit): InternalError {
  return new InternalError({
    tried: `change ${edit.property} of "${name}"`,
    said: `the adapter does not make this change (${edit.kind}) to a ${kind}`,
  })
}
