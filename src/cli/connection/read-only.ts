import type { SystemReader, SystemWriter } from '../../model/adapter.ts'
import { InternalError } from '../../model/errors.ts'
import type { ReadableResource, WritableResource } from '../../model/resource.ts'

function unwritable(resource: ReadableResource): WritableResource {
  async function refuse(): Promise<never> {
    throw new InternalError({
      tried: `change an object of the kind ${resource.kind}`,
      said: 'the system was opened for reading, as the approved plan changes nothing there',
    })
  }
  return { ...resource, remove: refuse, edit: refuse, create: refuse }
}

/** A system in which the approved plan changes nothing: it takes part in a run, and needs no rights to write. */
export function readOnly(reader: SystemReader): SystemWriter {
  const resources = [...reader.resources].map(([kind, resource]) => [kind, unwritable(resource)] as const)
  return { ...reader, resources: new Map(resources) }
}
