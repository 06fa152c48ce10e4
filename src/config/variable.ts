import * as z from 'zod'
import type { ServiceId } from './clouds.ts'

/**
 * What a variable is. `endpoint` and `program` decide who gets the credentials: they are taken from the real
 * environment only, never from a `.env` file that lies in a folder.
 */
type VariableKind = 'secret' | 'setting' | 'endpoint' | 'program' | 'identifier'

/** What is known of a name that the program reads from its environment. */
export interface Variable {
  readonly group: string
  readonly kind: VariableKind
  /** One line for people. */
  readonly meaning: string
  /** For the URL of an endpoint: whose it is. */
  readonly service?: ServiceId
}

const known = z.registry<Variable>()

/** A name that may be set, with the form of its value. */
export function variable<Form extends z.ZodType>(form: Form, description: Variable): z.ZodOptional<Form> {
  const schema = form.optional()
  known.add(schema, description)
  return schema
}

/** What is known of a name, by its schema; undefined when it is no variable's. */
export function variableOf(schema: z.ZodType): Variable | undefined {
  return known.get(schema)
}
