import * as z from 'zod'
import { UsageError } from '../../../src/model/errors.ts'
import type { Json, JsonObject } from '../../../src/model/json.ts'
import type { Source, TenantObject } from '../../../src/model/resource.ts'
import type { Customer } from '../customer.ts'
import { objectOf, objectsOf, parsed, textOf } from '../json.ts'
import type { ActivitiesAsked, GoogleReader } from '../transport.ts'
import { auditLogs } from './audit-logs.ts'

/** Acts in the Admin console: the delegation list, and Gmail's settings in the older and the newer family. */
const adminEvents = [
  'AUTHORIZE_API_CLIENT_ACCESS',
  'REMOVE_API_CLIENT_ACCESS',
  'CREATE_GMAIL_SETTING',
  'CHANGE_GMAIL_SETTING',
  'DELETE_GMAIL_SETTING',
  'CREATE_APPLICATION_SETTING',
  'CHANGE_APPLICATION_SETTING',
  'DELETE_APPLICATION_SETTING',
]

const hour = 3_600_000
const day = 24 * hour

/** How far back a client's activity is looked for: the first span in which there is any tells when it was the last. */
const spans = [hour, day, 7 * day, undefined]

/** The newest of a client that calls all day long are enough. */
const enough = 100

const activity = z.looseObject({
  id: z.looseObject({ time: z.iso.datetime({ offset: true }), uniqueQualifier: z.string().optional() }),
})

/** What a parameter holds, in whichever of its fields it stands. */
function heldIn({ name: _name, ...fields }: JsonObject): Json {
  const [value, second] = Object.values(fields)
  return value === undefined || second !== undefined ? fields : value
}

function parametersOf(event: JsonObject): JsonObject {
  return Object.fromEntries(
    objectsOf(event, 'parameters').map((parameter) => [textOf(parameter, 'name') ?? '', heldIn(parameter)]),
  )
}

/** An activity holds all events of one act, also those that were not asked for. */
function eventsOf(application: string, whole: JsonObject): readonly TenantObject[] {
  const { id } = parsed(activity, whole, `read the audit log "${application}"`)
  const actor = objectOf(whole, 'actor')
  const client = textOf(objectOf(actor, 'applicationInfo'), 'oauthClientId')
  return objectsOf(whole, 'events').map((event, index) => ({
    guid: `${application}/${id.time}/${id.uniqueQualifier ?? ''}/${index}`,
    name: textOf(event, 'name') ?? '',
    properties: {
      application,
      time: new Date(id.time).toISOString(),
      actor: textOf(actor, 'email') ?? null,
      client: client ?? textOf(parametersOf(event), 'client_id') ?? null,
      parameters: parametersOf(event),
      event,
    },
  }))
}

/** The newer family is about every application: only Gmail's are ours. */
function isOurs({ name, properties }: TenantObject): boolean {
  if (properties.application !== 'admin') return true
  if (!adminEvents.includes(name)) return false
  const application = textOf(objectOf(properties, 'parameters'), 'APPLICATION_NAME')
  return !name.endsWith('_APPLICATION_SETTING') || /^gmail$/i.test(application ?? '')
}

async function eventsAsked(google: GoogleReader, asked: ActivitiesAsked): Promise<readonly TenantObject[]> {
  const activities = await google.activities(asked)
  return activities.flatMap((whole) => eventsOf(asked.application, whole)).filter(isOurs)
}

async function newest({ google, clock }: Customer, asked: ActivitiesAsked): Promise<readonly TenantObject[]> {
  for (const span of spans) {
    const since = span === undefined ? undefined : new Date(clock.now().getTime() - span)
    const from = since === undefined ? {} : { startTime: since.toISOString() }
    const found = await eventsAsked(google, { ...asked, ...from, enough })
    if (found.length > 0) return found
  }
  return []
}

/** An id stands in a filter as it is. */
function assertUsable(client: string): void {
  if (/^[\w.@-]+$/.test(client)) return
  throw new UsageError({
    tried: 'look for the activity of a client',
    said: `"${client}" is no client id`,
    hint: 'Give the id that the Admin console shows.',
  })
}

/**
 * The acting client of an evaluation stands beside the event alone; of a token's use also in it.
 * https://developers.google.com/workspace/admin/reports/v1/appendix/activity/access-evaluation
 */
function clientQueries(client: string): readonly ActivitiesAsked[] {
  assertUsable(client)
  return [
    { application: 'token', eventName: 'activity', filters: `client_id==${client}` },
    { application: 'access_evaluation', applicationInfoFilter: `oAuthClientId="${client}"` },
  ]
}

function byTime(a: TenantObject, b: TenantObject): number {
  return String(a.properties.time).localeCompare(String(b.properties.time))
}

function once(events: readonly TenantObject[]): readonly TenantObject[] {
  return [...new Map(events.map((event) => [event.guid, event])).values()].toSorted(byTime)
}

/**
 * `audit-event`: acts in the console that the log still holds, and the newest activity of the clients, oldest first.
 * Properties: `application`, `time`, `actor`, `client`, `parameters`, and `event` as it was answered.
 * `audit-log`: how far behind each log may be. That something is not in a log says nothing before that time is over.
 */
export function auditSources(customer: Customer): readonly Source[] {
  return [
    {
      kind: 'audit-event',
      async list() {
        const asked = customer.clients.flatMap(clientQueries)
        const acts = adminEvents.map((eventName) =>
          eventsAsked(customer.google, { application: 'admin', eventName }),
        )
        const calls = asked.map((one) => newest(customer, one))
        return once((await Promise.all([...acts, ...calls])).flat())
      },
    },
    {
      kind: 'audit-log',
      async list() {
        const readAt = customer.clock.now().toISOString()
        return auditLogs.map(({ application, ...log }) => ({
          guid: application,
          name: application,
          properties: { application, readAt, ...log },
        }))
      },
    },
  ]
}
