import pLimit from 'p-limit'
import type { JsonObject } from '../../src/model/json.ts'
import { jsonObject, parsed } from './json.ts'

import { allPages } from './pages.ts'
import { type Call, callsOver } from './wire/clients.ts'
import { exchangeOver, type WireOptions } from './wire/exchange.ts'

/** What is asked of an audit log. */
export interface ActivitiesAsked {
  /** 'admin', 'token', 'access_evaluation' */
  readonly application: string
  readonly eventName?: string
  /** ISO 8601. From the beginning of what is kept, by default. */
  readonly startTime?: string
  /** 'client_id==ID' */
  readonly filters?: string
  /** 'oAuthClientId="ID"' */
  readonly applicationInfoFilter?: string
  /** Reads no further when there are so many, newest first. All that is kept, by default. */
  readonly enough?: number
}

/** Reads a customer. It has no way to write, and the wire below it lets nothing but GET pass. */
export interface GoogleReader {
  customer(tried: string): Promise<JsonObject>
  /** All policies of Gmail, of all organizational units and groups. */
  gmailPolicies(): Promise<readonly JsonObject[]>
  /** 'policies/{id}'. Throws a NotFoundError when it is not there. */
  policy(name: string, tried: string): Promise<JsonObject>
  orgUnits(): Promise<readonly JsonObject[]>
  groups(): Promise<readonly JsonObject[]>
  users(): Promise<readonly JsonObject[]>
  /** Applications to which a user consented. Throws a NotFoundError when the user is not there. */
  tokens(userKey: string): Promise<readonly JsonObject[]>
  activities(asked: ActivitiesAsked): Promise<readonly JsonObject[]>
}

/** The requests of a change that must not stay half done: an interrupt does not keep them from being sent. */
interface PolicyWriter {
  policy(name: string, tried: string): Promise<JsonObject>
  /** Answers the operation. A ServiceError means that the answer was lost: only a read tells what came of it. */
  patch(name: string, body: JsonObject, tried: string): Promise<JsonObject>
}

/** Writes to a customer too. */
export interface GoogleWriter extends GoogleReader {
  patch: PolicyWriter['patch']
  readonly insisting: PolicyWriter
  removeToken(userKey: string, clientId: string, tried: string): Promise<void>
}

const myCustomer = 'my_customer'

/** Requests of the Admin SDK under way at a time. */
const mostAtOnce = 10

/** The form that the documentation gives: the backslash stands twice in the expression. */
const gmailFilter = String.raw`setting.type.matches('^settings/gmail\\..*$')`

/** Callers that ask while the answer is on its way get the same one; a later read is made anew. */
function shared<T>(read: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | undefined
  return () => {
    underWay ??= read().finally(() => {
      underWay = undefined
    })
    return underWay
  }
}

function limited(call: Call): Call {
  const limit = pLimit(mostAtOnce)
  return (tried, act) => limit(() => call(tried, act))
}

function policyReader(call: Call): GoogleReader['policy'] {
  return async (name, tried) =>
    parsed(jsonObject, await call(tried, ({ policies }, options) => policies.get({ name }, options)), tried)
}

/** https://docs.cloud.google.com/identity/docs/reference/rest/v1/policies/list */
function policyLister(call: Call): GoogleReader['gmailPolicies'] {
  const tried = 'list the policies of Gmail'
  const asked = { filter: gmailFilter, pageSize: 100 }
  return () =>
    allPages(
      (page) => call(tried, ({ policies }, options) => policies.list({ ...asked, ...page }, options)),
      'policies',
      tried,
    )
}

function directoryLists(call: Call): Pick<GoogleReader, 'orgUnits' | 'groups' | 'users' | 'tokens'> {
  const units = 'list the organizational units'
  const people = 'list the users'
  const teams = 'list the groups'
  return {
    orgUnits: () =>
      allPages(
        () =>
          call(units, ({ directory }, options) =>
            directory.orgunits.list({ customerId: myCustomer, type: 'allIncludingParent' }, options),
          ),
        'organizationUnits',
        units,
      ),
    groups: () =>
      allPages(
        (page) =>
          call(teams, ({ directory }, options) =>
            directory.groups.list({ customer: myCustomer, maxResults: 200, ...page }, options),
          ),
        'groups',
        teams,
      ),
    users: () =>
      allPages(
        (page) =>
          call(people, ({ directory }, options) =>
            directory.users.list({ customer: myCustomer, maxResults: 500, ...page }, options),
          ),
        'users',
        people,
      ),
    tokens: (userKey) => {
      const tried = `list the applications to which the user ${userKey} consented`
      return allPages(
        () => call(tried, ({ directory }, options) => directory.tokens.list({ userKey }, options)),
        'items',
        tried,
      )
    },
  }
}

function activityLister(call: Call): GoogleReader['activities'] {
  return ({ application, enough, ...asked }) => {
    const tried = `read the audit log "${application}"`
    const size = enough === undefined ? {} : { maxResults: enough }
    const fixed = { userKey: 'all', applicationName: application, ...asked, ...size }
    return allPages(
      (page) =>
        call(tried, ({ reports }, options) => reports.activities.list({ ...fixed, ...page }, options)),
      'items',
      tried,
      enough,
    )
  }
}

function readerOver(call: Call): GoogleReader {
  const { orgUnits, groups, users, tokens } = directoryLists(call)
  return {
    async customer(tried) {
      const asked = { customerKey: myCustomer }
      const answer = await call(tried, ({ directory }, options) => directory.customers.get(asked, options))
      return parsed(jsonObject, answer, tried)
    },
    gmailPolicies: shared(policyLister(call)),
    policy: policyReader(call),
    orgUnits: shared(orgUnits),
    groups: shared(groups),
    users: shared(users),
    tokens,
    activities: activityLister(call),
  }
}

/** https://docs.cloud.google.com/identity/docs/reference/rest/v1/policies/patch; it takes no mask of fields. */
function patcher(call: Call): PolicyWriter['patch'] {
  return async (name, body, tried) => {
    const answer = await call(tried, ({ policies }, options) =>
      policies.patch({ name, requestBody: body }, options),
    )
    return parsed(jsonObject, answer, tried)
  }
}

export function googleReader(options: WireOptions): GoogleReader {
  return readerOver(limited(callsOver(exchangeOver(options, 'reader').normal, options.roots)))
}

export function googleWriter(options: WireOptions): GoogleWriter {
  const exchange = exchangeOver(options, 'writer')
  const call = limited(callsOver(exchange.normal, options.roots))
  const insisting = callsOver(exchange.insisting, options.roots)
  return {
    ...readerOver(call),
    patch: patcher(call),
    insisting: { policy: policyReader(insisting), patch: patcher(insisting) },
    async removeToken(userKey, clientId, tried) {
      await call(tried, ({ directory }, sent) => directory.tokens.delete({ userKey, clientId }, sent))
    },
  }
}
