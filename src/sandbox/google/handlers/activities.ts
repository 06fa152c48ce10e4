import type { JsonObject } from '../../../model/json.ts'
import type { AuditActivity, GoogleState } from '../../tenant/google.ts'
import { isShown } from '../../tenant/google-audit.ts'
import { opaqueId } from '../../tenant/ids.ts'
import { sandboxNow } from '../../tenant/state.ts'
import { readActivityQuery, readApplication } from '../activity-query.ts'
import type { GoogleContext, GoogleHandler } from '../handler.ts'
import { pageOf, pageSizeOf } from '../pages.ts'
import { usageBetween } from '../usage.ts'

function showActivity(
  { customer, users, delegation, formerDelegation }: GoogleState,
  activity: AuditActivity,
): JsonObject {
  const { at, application, actor, clientId, events, serial } = activity
  const time = new Date(at).toISOString()
  const client = [...delegation, ...formerDelegation].find((one) => one.clientId === clientId)
  const profileId = users.find(({ primaryEmail }) => primaryEmail === actor)?.id ?? '0'
  return {
    kind: 'admin#reports#activity',
    id: {
      time,
      uniqueQualifier: `-${at % 1_000_000_007}${serial}`,
      applicationName: application,
      customerId: customer.id,
    },
    etag: `"${opaqueId(`${application} ${at} ${serial}`)}"`,
    actor: {
      callerType: 'USER',
      email: actor,
      profileId,
      ...(clientId === undefined
        ? {}
        : {
            applicationInfo: {
              oauthClientId: clientId,
              applicationName: client?.name ?? '',
              impersonation: client !== undefined,
            },
          }),
    },
    ipAddress: '203.0.113.7',
    events,
  }
}

/** What happened in the span, newest first, as far as it is shown by now. */
function happened({ state, request, parameters }: GoogleContext): readonly AuditActivity[] {
  const application = readApplication(parameters.application ?? '')
  const now = sandboxNow(state).getTime()
  const query = readActivityQuery(request.url, parameters.user ?? '', now)
  if (application === undefined) return []
  const recorded = state.google.audit.filter(
    (activity) =>
      activity.application === application && activity.at >= query.from && activity.at <= query.to,
  )
  return [...recorded, ...usageBetween(state, application, query)]
    .filter((activity) => isShown(state.google, application, activity.at, now) && query.matches(activity))
    .toSorted((a, b) => b.at - a.at)
}

/** An activity that matches comes with all of its events. */
const list: GoogleHandler = (context) => {
  const { state, request } = context
  const found = happened(context)
  const size = pageSizeOf(request.url.searchParams.get('maxResults'), 1000, 1000)
  const { rows, next } = pageOf(found, size, request.url)
  return {
    kind: 'admin#reports#activities',
    etag: `"${opaqueId(`activities ${found.length}`)}"`,
    ...(rows.length === 0 ? {} : { items: rows.map((activity) => showActivity(state.google, activity)) }),
    ...(next === undefined ? {} : { nextPageToken: next }),
  }
}

export const activityHandlers = {
  'GET /admin/reports/v1/activity/users/{user}/applications/{application}': list,
} as const satisfies Record<string, GoogleHandler>
