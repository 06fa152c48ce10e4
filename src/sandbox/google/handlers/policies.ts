import type { GooglePolicy } from '../../tenant/google.ts'
import { settle } from '../../tenant/google-policies.ts'
import { GoogleRefusal, notFound, refusals } from '../errors.ts'
import { readFilter } from '../filter.ts'
import type { GoogleContext, GoogleHandler } from '../handler.ts'
import { pageOf, pageSizeOf } from '../pages.ts'
import { takeQuota } from '../quota.ts'
import { routePolicies, showPolicy } from '../show-policy.ts'
import { seenPolicies } from '../stale.ts'

/** All policies in the order in which they are handed out, which is none that means anything. */
function everyPolicy({ state }: GoogleContext): readonly GooglePolicy[] {
  settle(state)
  const all = [...seenPolicies(state), ...routePolicies(state.google)]
  return all.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** Each row, with a page's worth of nothing after each page where that is wanted. */
function spread(
  policies: readonly GooglePolicy[],
  size: number,
  emptyPages: boolean,
): readonly (GooglePolicy | null)[] {
  if (!emptyPages) return policies
  const pages = Array.from({ length: Math.ceil(policies.length / size) }, (_, page) =>
    policies.slice(page * size, (page + 1) * size),
  )
  const nothing = Array.from({ length: size }, () => null)
  return pages.flatMap((page, index) => (index === pages.length - 1 ? page : [...page, ...nothing]))
}

/** Pages are cut before the filter looks at them, so they come short or empty. */
const list: GoogleHandler = (context) => {
  const { state, request } = context
  const { searchParams } = request.url
  takeQuota(state, true)
  const { customer, matches } = readFilter(searchParams.get('filter') ?? '')
  if (customer !== undefined && customer !== state.google.customer.id)
    throw new GoogleRefusal(refusals.denied, 'The caller does not have permission')
  const size = pageSizeOf(searchParams.get('pageSize'), 50, 100)
  const rows = spread(everyPolicy(context), size, state.google.emptyPages)
  const { rows: page, next } = pageOf(rows, size, request.url)
  const found = page.filter((policy) => policy !== null).filter(matches)
  return {
    ...(found.length === 0 ? {} : { policies: found.map((policy) => showPolicy(state.google, policy)) }),
    ...(next === undefined ? {} : { nextPageToken: next }),
  }
}

const get: GoogleHandler = (context) => {
  const { state, parameters } = context
  takeQuota(state, true)
  const found = everyPolicy(context).find(({ id }) => id === parameters.policy)
  if (found === undefined) throw notFound(`Error(7004): Policy policies/${parameters.policy} not found.`)
  return showPolicy(state.google, found)
}

export const policyReadHandlers = {
  'GET /v1/policies': list,
  'GET /v1/policies/{policy}': get,
} as const satisfies Record<string, GoogleHandler>
