import * as z from 'zod'
import type { MailTrace, TracedMessage } from '../../src/model/adapter.ts'
import { ServiceError } from '../../src/model/errors.ts'
import type { JsonObject } from '../../src/model/json.ts'
import { isCut } from './objects.ts'
import type { ExchangeReader } from './transport.ts'

/** The most rows that one query gives. https://learn.microsoft.com/powershell/module/exchange/get-messagetracev2 */
const mostRows = 5000
const tried = 'read the message trace'

const row = z.looseObject({
  MessageTraceId: z.string(),
  RecipientAddress: z.string(),
  Received: z.string(),
  FromIP: z.string().nullish(),
  ToIP: z.string().nullish(),
})
type Row = z.infer<typeof row>

/** Rows by message and recipient: the row at the edge of a page comes twice. */
type Rows = ReadonlyMap<string, Row>

interface Answer {
  readonly rows: readonly Row[]
  readonly cut: boolean
}

async function query(reader: ExchangeReader, parameters: JsonObject): Promise<Answer> {
  const { items, warnings } = await reader.read('Get-MessageTraceV2', { ...parameters, ResultSize: mostRows })
  const parsed = z.array(row).safeParse(items)
  if (!parsed.success) throw new ServiceError({ tried, said: 'rows that cannot be read' })
  return { rows: parsed.data, cut: isCut(warnings) || parsed.data.length >= mostRows }
}

function byKey(rows: readonly Row[]): Rows {
  return new Map(rows.map((entry) => [`${entry.MessageTraceId} ${entry.RecipientAddress}`, entry]))
}

/** All rows of a query: the newest come first, and the next query begins where the last one ended. */
async function queryAll(reader: ExchangeReader, parameters: JsonObject): Promise<Rows> {
  let answer = await query(reader, parameters)
  const all = new Map(byKey(answer.rows))
  while (answer.cut) {
    const last = answer.rows.at(-1)
    const next = { EndDate: last?.Received ?? '', StartingRecipientAddress: last?.RecipientAddress ?? '' }
    answer = await query(reader, { ...parameters, ...next })
    const before = all.size
    for (const [key, entry] of byKey(answer.rows)) all.set(key, entry)
    if (all.size === before)
      throw new ServiceError({ tried, said: 'the service does not give the rest of a long list' })
  }
  return all
}

/** The service's times are UTC, whether they say so or not. */
function received({ Received: text }: Row): Date {
  const at = new Date(/(?:Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`)
  if (Number.isNaN(at.getTime()))
    throw new ServiceError({ tried, said: `a time that cannot be read: ${text}` })
  return at
}

function toMessage(entry: Row): TracedMessage {
  return { received: received(entry).toISOString(), fromIp: entry.FromIP ?? '', toIp: entry.ToIP ?? '' }
}

async function rowsOf(reader: ExchangeReader, span: JsonObject, addresses: readonly string[]): Promise<Rows> {
  const { rows, cut } = await query(reader, span)
  if (!cut) return byKey(rows)
  const lists = await Promise.all(addresses.map((FromIP) => queryAll(reader, { ...span, FromIP })))
  return new Map([byKey(rows), ...lists].flatMap((list) => [...list]))
}

/** Where mail came from: one query, and one more for each address when there is too much mail for that. */
export function mailTrace(reader: ExchangeReader): MailTrace {
  return {
    async messages(from, to, addresses) {
      const span = { StartDate: from.toISOString(), EndDate: to.toISOString() }
      const rows = [...(await rowsOf(reader, span, addresses)).values()]
      return rows.filter((entry) => received(entry) >= from && received(entry) < to).map(toMessage)
    },
  }
}
