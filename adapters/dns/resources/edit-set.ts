import { InternalError } from '../../../src/model/errors.ts'
import type { Edit } from '../../../src/model/resource.ts'
import type { RecordSet } from '../record-set.ts'

type Content = Pick<RecordSet, 'ttl' | 'values'>

/** The TTL of a set that is made, in seconds, where nothing names one. */
const newTtl = 3600

function edited(content: Content, edit: Edit, tried: string): Content {
  const { ttl, values } = content
  if (edit.kind === 'set' && edit.property === 'ttl' && typeof edit.to === 'number') {
    return { ttl: edit.to, values }
  }
  if (edit.kind === 'set' || edit.property !== 'values') {
    throw new InternalError({ tried, said: `${edit.property} of a record set is not changed (${edit.kind})` })
  }
  if (edit.kind === 'remove-entry') return { ttl, values: values.filter((value) => value !== edit.entry) }
  return { ttl, values: values.includes(edit.entry) ? values : [...values, edit.entry] }
}

/**
 * A set as several edits leave it: entries of `values`, and `ttl`. The TTL stays what it is otherwise. Throws an
 * InternalError for other edits, and for what would leave a name that had an MX without one.
 */
export function editedSet(current: RecordSet, edits: readonly Edit[]): Content {
  const { name, type } = current.key
  const tried = `change the ${type} records of ${name}`
  const { ttl, values } = edits.reduce<Content>((content, edit) => edited(content, edit, tried), current)
  if (type === 'MX' && values.length === 0) {
    throw new InternalError({ tried, said: 'no MX would be left', hint: 'Nothing was changed.' })
  }
  return { ttl: ttl === 0 && current.values.length === 0 ? newTtl : ttl, values }
}
