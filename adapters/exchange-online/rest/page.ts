import * as z from 'zod'
import type { Effect } from '../../../src/model/attempt.ts'
import { InternalError, ServiceError } from '../../../src/model/errors.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { HttpAnswer } from '../http.ts'
import { failureError } from './failure.ts'
import { readAnswerErrors, readFault } from './fault.ts'
import { removeSidecars } from './sidecar.ts'

/** One page of an answer. */
export interface Page {
  readonly items: readonly JsonObject[]
  readonly warnings: readonly string[]
  readonly nextLink?: string
}

/** What a page is the answer to. */
export interface Asked {
  readonly tried: string
  readonly effect: Effect
  readonly requestId: string
}

/** An object as it is: a schema of members would copy each of its properties. */
const row = z.custom<JsonObject | null>((value) => typeof value === 'object' && !Array.isArray(value))

const envelope = z.looseObject({
  value: z.array(row).optional(),
  '@odata.nextLink': z.string().optional(),
  '@adminapi.warnings': z.array(z.string()).nullish(),
  '@adminapi.errors': z.array(z.unknown()).nullish(),
  '@adminapi.confirmationmessage': z.unknown().optional(),
})

/** Some answers are nothing but NUL bytes. */
function isBlank(text: string): boolean {
  return text.replaceAll('\0', '').trim() === ''
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function unreadable({ tried, requestId }: Asked, said: string): ServiceError {
  return new ServiceError({
    tried,
    said,
    hint: `Try again later. Microsoft's support finds this request by its id, ${requestId}.`,
  })
}

/**
 * Reads an answer. A read without an answer is an error and never "no objects"; a write that was answered with
 * success and an empty body is one, as whoever wrote reads afterwards.
 */
export function readPage(answer: HttpAnswer, asked: Asked): Page {
  const body = isBlank(answer.text) ? undefined : parseJson(answer.text)
  if (answer.status < 200 || answer.status > 299)
    throw failureError({ ...asked, answer, fault: readFault(body) })
  if (isBlank(answer.text)) {
    if (asked.effect === 'write') return { items: [], warnings: [] }
    throw unreadable(asked, 'an empty answer')
  }
  const parsed = envelope.safeParse(body)
  if (!parsed.success) throw unreadable(asked, 'an answer that cannot be read')
  const { value, '@odata.nextLink': nextLink, '@adminapi.warnings': warnings } = parsed.data
  const fault = readAnswerErrors(parsed.data['@adminapi.errors'] ?? [])
  if (fault !== undefined) throw failureError({ ...asked, answer, fault })
  if (parsed.data['@adminapi.confirmationmessage'])
    throw new InternalError({
      tried: asked.tried,
      said: 'the service asks for a confirmation and did nothing',
    })
  if (value === undefined && asked.effect === 'read') throw unreadable(asked, 'an answer without a value')
  const items = (value ?? []).filter((item) => item !== null)
  removeSidecars(items)
  return {
    items,
    warnings: warnings ?? [],
    ...(nextLink === undefined ? {} : { nextLink }),
  }
}
