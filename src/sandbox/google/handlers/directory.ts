import type { JsonObject } from '../../../model/json.ts'
import type { GoogleState, GoogleUser } from '../../tenant/google.ts'
import { opaqueId } from '../../tenant/ids.ts'
import { GoogleRefusal, invalid, notFound, refusals } from '../errors.ts'
import type { GoogleContext, GoogleHandler } from '../handler.ts'
import { pageOf, pageSizeOf } from '../pages.ts'
import { seenUsers } from '../stale.ts'

function etagOf(what: string): string {
  return `"${opaqueId(what)}"`
}

/** Throws a GoogleRefusal for a customer that is not the caller's. */
function checkCustomer({ customer }: GoogleState, key: string): void {
  if (key !== 'my_customer' && key !== customer.id)
    throw new GoogleRefusal(refusals.denied, 'Not Authorized to access this resource/api')
}

const getCustomer: GoogleHandler = ({ state: { google }, parameters }) => {
  checkCustomer(google, parameters.customer ?? '')
  const { id, domain, organization } = google.customer
  return {
    kind: 'admin#directory#customer',
    id,
    etag: etagOf(`customer ${id}`),
    customerDomain: domain,
    alternateEmail: `owner@${domain.replace(/^/, 'mail.')}`,
    postalAddress: { organizationName: organization, countryCode: 'US' },
    language: 'en',
    customerCreationTime: '2019-05-06T08:14:03.000Z',
  }
}

/** The caller must say whose users or groups are meant. */
function checkScope({ state: { google }, request }: GoogleContext): void {
  const { searchParams } = request.url
  const [customer, domain] = [searchParams.get('customer'), searchParams.get('domain')]
  if (customer === null && domain === null) throw invalid('Bad Request')
  if (customer !== null) checkCustomer(google, customer)
  if (domain !== null && domain !== google.customer.domain) throw notFound('Domain not found.')
  if (searchParams.has('query')) throw invalid('Invalid Input: query')
}

function showUser({ customer }: GoogleState, user: GoogleUser): JsonObject {
  const { id, primaryEmail, fullName, orgUnitPath, isAdmin, isDelegatedAdmin, suspended } = user
  const [givenName = '', ...rest] = fullName.split(' ')
  return {
    kind: 'admin#directory#user',
    id,
    etag: etagOf(`user ${id}`),
    primaryEmail,
    name: { givenName, familyName: rest.join(' '), fullName },
    isAdmin,
    isDelegatedAdmin,
    creationTime: '2021-02-03T09:00:00.000Z',
    agreedToTerms: true,
    suspended,
    archived: false,
    customerId: customer.id,
    orgUnitPath,
    isMailboxSetup: true,
  }
}

const listUsers: GoogleHandler = (context) => {
  checkScope(context)
  const { state, request } = context
  const size = pageSizeOf(request.url.searchParams.get('maxResults'), 100, 500)
  const { rows, next } = pageOf(seenUsers(state), size, request.url)
  return {
    kind: 'admin#directory#users',
    etag: etagOf('users'),
    users: rows.map((user) => showUser(state.google, user)),
    ...(next === undefined ? {} : { nextPageToken: next }),
  }
}

/** A user by id or address. Throws a GoogleRefusal. */
export function findUser(users: readonly GoogleUser[], key: string | undefined): GoogleUser {
  const found = users.find(({ id, primaryEmail }) => id === key || primaryEmail === key?.toLowerCase())
  if (found === undefined) throw notFound('Resource Not Found: userKey')
  return found
}

const getUser: GoogleHandler = ({ state, parameters }) =>
  showUser(state.google, findUser(seenUsers(state), parameters.user))

const listOrgUnits: GoogleHandler = ({ state: { google }, request, parameters }) => {
  checkCustomer(google, parameters.customer ?? '')
  const withTop = request.url.searchParams.get('type') === 'allIncludingParent'
  return {
    kind: 'admin#directory#orgUnits',
    etag: etagOf('org units'),
    organizationUnits: google.orgUnits
      .filter(({ path }) => withTop || path !== '/')
      .map(({ id, path }) => ({
        kind: 'admin#directory#orgUnit',
        etag: etagOf(`org unit ${id}`),
        name: path === '/' ? google.customer.organization : (path.split('/').at(-1) ?? ''),
        orgUnitPath: path,
        orgUnitId: `id:${id}`,
        ...(path === '/' ? {} : { parentOrgUnitPath: path.replace(/\/[^/]+$/, '') || '/' }),
      })),
  }
}

const listGroups: GoogleHandler = (context) => {
  checkScope(context)
  const { groups } = context.state.google
  const size = pageSizeOf(context.request.url.searchParams.get('maxResults'), 200, 200)
  const { rows, next } = pageOf(groups, size, context.request.url)
  return {
    kind: 'admin#directory#groups',
    etag: etagOf('groups'),
    groups: rows.map(({ id, email, name }) => ({ kind: 'admin#directory#group', id, email, name })),
    ...(next === undefined ? {} : { nextPageToken: next }),
  }
}

export const directoryHandlers = {
  'GET /admin/directory/v1/customers/{customer}': getCustomer,
  'GET /admin/directory/v1/customer/{customer}/orgunits': listOrgUnits,
  'GET /admin/directory/v1/groups': listGroups,
  'GET /admin/directory/v1/users': listUsers,
  'GET /admin/directory/v1/users/{user}': getUser,
} as const satisfies Record<string, GoogleHandler>
