import * as z from 'zod'
import type { Json, JsonObject } from '../../model/json.ts'
import { deleteObject, insertObject, objectNamed, setProperties } from '../tenant/change.ts'
import { deleteApp } from '../tenant/directory-change.ts'
import { kinds } from '../tenant/state.ts'
import type { Act } from './act.ts'

const json: z.ZodType<Json> = z.json()
const properties: z.ZodType<JsonObject> = z.record(z.string(), json)

const setSchema = z.strictObject({ kind: z.enum(kinds), name: z.string(), property: z.string(), value: json })
const addSchema = z.strictObject({
  kind: z.enum(kinds),
  name: z.string(),
  properties: properties.default({}),
  place: z.number().int().nonnegative().optional(),
})
const deleteSchema = z.strictObject({ kind: z.enum(kinds), name: z.string() })

/** Acts on any object; nothing is checked, as an old state of a tenant can hold what is refused today. */
export const genericActs = {
  set: {
    description: 'sets a property of an object, null clears it {kind, name, property, value}',
    run: (state, args) => {
      const { kind, name, property, value } = setSchema.parse(args)
      setProperties(state, objectNamed(state, kind, name), { [property]: value })
    },
  },
  add: {
    description: 'makes an object {kind, name, properties, place: last}',
    run: (state, args) => {
      const { kind, name, properties, place } = addSchema.parse(args)
      insertObject(state, kind, { name, properties }, place)
    },
  },
  delete: {
    description: 'deletes an object, or an app of the directory {kind, name}',
    run: (state, args) => {
      const { kind, name } = deleteSchema.parse(args)
      const app = state.directory.servicePrincipals.find(({ displayName }) => displayName === name)
      if (kind === 'service-principal' && app !== undefined) deleteApp(state, app.id)
      else deleteObject(state, kind, name)
    },
  },
} as const satisfies Record<string, Act>
