import * as z from 'zod'
import type { Json, JsonObject } from '../../model/json.ts'
import { type Answer, jsonAnswer } from '../http.ts'
import { withMarks } from './present.ts'

const json: z.ZodType<Json> = z.json()

const envelopeSchema = z.object({
  CmdletInput: z.object({
    CmdletName: z.string().min(1),
    Parameters: z.record(z.string(), json).optional(),
  }),
})

export interface Command {
  readonly cmdlet: string
  readonly parameters: JsonObject
}

/** The command in a request's body, or undefined when it is not in the form that the service knows. */
export function readCommand(body: string): Command | undefined {
  try {
    const { CmdletInput } = envelopeSchema.parse(JSON.parse(body))
    return { cmdlet: CmdletInput.CmdletName, parameters: CmdletInput.Parameters ?? {} }
  } catch {
    return undefined
  }
}

export interface ResultParts {
  readonly context: string
  readonly rows: readonly Json[]
  readonly warnings: readonly string[]
  readonly nextLink?: string
}

function isRow(row: Json): row is JsonObject {
  return row !== null && typeof row === 'object' && !Array.isArray(row)
}

export function resultAnswer({ context, rows, warnings, nextLink }: ResultParts): Answer {
  return jsonAnswer(200, {
    '@odata.context': context,
    ...(warnings.length === 0
      ? {}
      : { 'adminapi.warnings@odata.type': '#Collection(String)', '@adminapi.warnings': warnings }),
    ...(nextLink === undefined ? {} : { '@odata.nextLink': nextLink }),
    value: rows.map((row) => (isRow(row) ? withMarks(row) : row)),
  })
}

/** The service asks back instead of doing it. */
export function confirmationAnswer(context: string, cmdlet: string): Answer {
  return jsonAnswer(200, {
    '@odata.context': context,
    '@adminapi.confirmationmessage': `Are you sure you want to perform this action? ${cmdlet}`,
    value: [],
  })
}
