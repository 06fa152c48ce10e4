import { gunzipSync } from 'node:zlib'
import * as z from 'zod'
import type { Json } from '../../../src/model/json.ts'

const json: z.ZodType<Json> = z.json()

/** What a command failed with: the exception's type and text. */
export interface CommandFailure {
  readonly type: string
  readonly message: string
}

const envelope = z.looseObject({
  id: z.string(),
  ok: z.boolean(),
  data: z.array(json),
  warnings: z.array(z.string()),
  failure: z.looseObject({ type: z.string(), message: z.string() }).nullable(),
})
export type Envelope = z.infer<typeof envelope>

/**
 * The envelope of a request among all that the child wrote, or undefined. `clean` goes over its text before it is
 * read.
 */
export function findEnvelope(
  output: string,
  id: string,
  clean: (text: string) => string,
): Envelope | undefined {
  const packed = new RegExp(`@@${id}:([A-Za-z0-9+/=]+)@@`).exec(output)?.[1]
  if (packed === undefined) return undefined
  try {
    const text = gunzipSync(Buffer.from(packed, 'base64')).toString('utf8')
    const found = envelope.parse(JSON.parse(clean(text)))
    return found.id === id ? found : undefined
  } catch {
    return undefined
  }
}
