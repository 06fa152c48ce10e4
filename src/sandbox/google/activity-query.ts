import { type AuditActivity, type AuditApplication, auditApplications } from '../tenant/google.ts'
import { invalid } from './errors.ts'

/** How far back the API reads. */
const reachMs = 180 * 24 * 60 * 60_000

/** Applications of the API that nothing happens in here. */
const quietApplications = ['login', 'drive', 'groups', 'rules', 'gmail', 'saml', 'user_accounts', 'calendar']

/** What a request for activities asks for. */
export interface ActivityQuery {
  /** Epoch milliseconds. */
  readonly from: number
  readonly to: number
  matches(activity: AuditActivity): boolean
}

/** An application of the API; undefined for one in which nothing happens. Throws a GoogleRefusal when it is none. */
export function readApplication(name: string): AuditApplication | undefined {
  const known = auditApplications.find((application) => application === name)
  if (known === undefined && !quietApplications.includes(name))
    throw invalid(`Invalid value '${name}'. Values must match the applications of the activities report.`)
  return known
}

function timeOf(url: URL, name: string): number | undefined {
  const text = url.searchParams.get(name)
  if (text === null) return undefined
  const time = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time)) throw invalid(`Invalid value for ${name}: ${text}`)
  return time
}

interface Condition {
  readonly parameter: string
  readonly isEqual: boolean
  readonly value: string
}

function conditionsOf(text: string | null): readonly Condition[] {
  if (text === null || text === '') return []
  return text.split(',').map((part) => {
    const [, parameter = '', operator, value = ''] = /^([^=<>]+)(==|<>)(.*)$/.exec(part) ?? []
    if (operator === undefined) throw invalid(`Invalid value for filters: ${part}`)
    return { parameter, isEqual: operator === '==', value }
  })
}

function clientOf(text: string | null): string | undefined {
  if (text === null || text === '') return undefined
  const [, client] = /^oAuthClientId\s*=\s*"([^"]*)"$/.exec(text) ?? []
  if (client === undefined) throw invalid(`Invalid value for applicationInfoFilter: ${text}`)
  return client
}

/** Whether one of its events has the name and what the conditions want. */
function hasEvent({ events }: AuditActivity, name: string | null, conditions: readonly Condition[]): boolean {
  return events.some(
    (event) =>
      (name === null || event.name === name) &&
      conditions.every(({ parameter, isEqual, value }) =>
        event.parameters.some((one) => one.name === parameter && (one.value === value) === isEqual),
      ),
  )
}

/** Reads what a request asks for at that time. Throws a GoogleRefusal. */
export function readActivityQuery(url: URL, user: string, now: number): ActivityQuery {
  const { searchParams } = url
  const [start, end] = [timeOf(url, 'startTime'), timeOf(url, 'endTime')]
  if (start !== undefined && start >= Math.min(now, end ?? now))
    throw invalid('Start time must be before end time and the current time.')
  const name = searchParams.get('eventName')
  const conditions = conditionsOf(searchParams.get('filters'))
  const client = clientOf(searchParams.get('applicationInfoFilter'))
  return {
    from: Math.max(start ?? 0, now - reachMs),
    to: Math.min(end ?? now, now),
    matches: (activity) =>
      (user === 'all' || activity.actor === user) &&
      (client === undefined || activity.clientId === client) &&
      hasEvent(activity, name, conditions),
  }
}
