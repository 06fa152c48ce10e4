import type { Change, Unread } from '../model/plan.ts'
import type { TenantObject } from '../model/resource.ts'
import type { Survey } from '../model/survey.ts'
import { isInEffect } from '../plan/edit.ts'
import type { Readers } from './survey.ts'

function objectsOf({ objects }: Survey, kind: string): readonly TenantObject[] {
  const read = objects.get(kind)
  return read?.ok === true ? read.value : []
}

/** Objects of which a read is not to be believed yet: without them, whether all is gone is not proven. */
export function unsettledReads(readers: Readers, survey: Survey): readonly Unread[] {
  const resources = [...readers.values()].flatMap((reader) => [...reader.resources.values()])
  return resources.flatMap((resource) =>
    objectsOf(survey, resource.kind).flatMap((object) => {
      const reason = resource.unsettled?.(object)
      return reason === undefined
        ? []
        : { kind: resource.kind, reason: `${object.name}: ${reason}`, required: true }
    }),
  )
}

/** Ids of the edits that are in effect, as the survey shows it. */
export function editsInEffect(changes: readonly Change[], survey: Survey): ReadonlySet<string> {
  const isMade = ({ kind, object, edit }: Change) => {
    const found = objectsOf(survey, kind).find(({ guid }) => guid === object.guid)
    return found !== undefined && edit !== undefined && isInEffect(edit, found.properties)
  }
  return new Set(changes.filter(isMade).map(({ id }) => id))
}
