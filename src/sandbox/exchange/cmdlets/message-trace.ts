import type { Json, JsonObject } from '../../../model/json.ts'
import { type Cmdlet, type CmdletContext, type CmdletTable, textOf } from '../cmdlet.ts'
import { errorTypes, Refusal } from '../errors.ts'
import { mailBetween, type SandboxMessage, traceLag } from '../mail.ts'

const hour = 3_600_000
const day = 24 * hour
const defaultWindow = 48 * hour
const longestWindow = 10 * day
const farthestBack = 90 * day
const defaultRows = 1000
const mostRows = 5000

function refuse(message: string): never {
  throw new Refusal(errorTypes.argument, message)
}

/** A time in a request; one without a zone is taken as UTC, as the service does. */
function time(parameters: JsonObject, name: string): number | undefined {
  const text = textOf(parameters, name)
  if (text === undefined) return undefined
  return Date.parse(/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`)
}

interface Window {
  readonly from: number
  readonly to: number
}

function windowOf({ parameters, now }: CmdletContext): Window {
  const to = time(parameters, 'EndDate') ?? now.getTime()
  const from = time(parameters, 'StartDate') ?? to - defaultWindow
  if (from > to) refuse('StartDate lies after EndDate.')
  if (to - from > longestWindow) refuse('A query can span 10 days.')
  if (from < now.getTime() - farthestBack) refuse('StartDate can be 90 days back.')
  return { from, to }
}

function anyOf(value: Json | undefined): readonly string[] | undefined {
  if (typeof value === 'string') return [value.toLowerCase()]
  if (!Array.isArray(value)) return undefined
  return value.filter((entry) => typeof entry === 'string').map((entry) => entry.toLowerCase())
}

const equalFilters = [
  ['ToIP', 'ToIP'],
  ['SenderAddress', 'SenderAddress'],
  ['RecipientAddress', 'RecipientAddress'],
  ['Status', 'Status'],
  ['MessageId', 'MessageId'],
  ['MessageTraceId', 'MessageTraceId'],
] as const

function matches(row: JsonObject, parameters: JsonObject): boolean {
  return equalFilters.every(([parameter, property]) => {
    const wanted = anyOf(parameters[parameter])
    return wanted === undefined || wanted.includes(String(row[property]).toLowerCase())
  })
}

/** The last row of the query before, at its EndDate, comes again: that is how the service pages. */
function isBefore({ at, row }: SandboxMessage, to: number, start: string | undefined): boolean {
  return at < to || start === undefined || String(row.RecipientAddress) >= start
}

const trace: Cmdlet = (context) => {
  const { state, parameters, now } = context
  const { from, to } = windowOf(context)
  const asked = parameters.ResultSize ?? defaultRows
  if (typeof asked !== 'number' || asked < 1 || asked > mostRows) refuse('ResultSize can be 1 to 5000.')
  const start = textOf(parameters, 'StartingRecipientAddress')
  const rows: JsonObject[] = []
  const visible = Math.min(to, now.getTime() - traceLag)
  const addresses = anyOf(parameters.FromIP)
  const keep = (fromIp: string): boolean => addresses?.includes(fromIp) ?? true
  for (const message of mailBetween(state, from, visible, keep)) {
    if (!matches(message.row, parameters) || !isBefore(message, to, start)) continue
    if (rows.length === asked) {
      const last = rows.at(-1)
      context.warn(
        `There are more results. To get them, run Get-MessageTraceV2 -StartDate "${new Date(from).toISOString()}" -EndDate "${String(last?.Received)}" -StartingRecipientAddress "${String(last?.RecipientAddress)}" -ResultSize ${asked}.`,
      )
      break
    }
    rows.push(message.row)
  }
  return rows
}

export const messageTraceCmdlets: CmdletTable = { 'Get-MessageTraceV2': trace }
