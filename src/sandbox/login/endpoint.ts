import { type FaultKind, faultKinds, takeFault } from '../faults.ts'
import { type Answer, type Incoming, jsonAnswer, type Reply } from '../http.ts'
import { countRequest } from '../tenant/counts.ts'
import type { Store } from '../tenant/store.ts'
import { loginError } from './errors.ts'
import { deviceCodeAnswer, tokenAnswer } from './grants.ts'
import { discoveryAnswer, openIdConfiguration } from './metadata.ts'
import { tenantIdOf } from './tenants.ts'

/** How each fault looks at the login service. */
const loginFaults: Readonly<Record<FaultKind, ((answer: Answer) => Reply) | undefined>> = {
  throttle: () => ({
    ...loginError(
      429,
      'temporarily_unavailable',
      'AADSTS90055',
      'There are too many requests. Try again later.',
    ),
    headers: { 'content-type': 'application/json; charset=utf-8', 'retry-after': '1' },
  }),
  outage: () =>
    loginError(503, 'temporarily_unavailable', 'AADSTS90033', 'A transient error has occurred. Try again.'),
  'lost-answer': () => 'cut',
  'stale-reads': undefined,
  denied: () => loginError(401, 'invalid_client', 'AADSTS7000215', 'Invalid client secret provided.'),
  'empty-body': () => ({ status: 200, headers: {}, body: '' }),
  'ignored-write': undefined,
  hang: () => 'silence',
}

type Route = (request: Incoming, tenantId: string, graphPermissions: readonly string[]) => Answer

const routes: Readonly<Record<string, { readonly name: string; readonly answer: Route }>> = {
  '/v2.0/.well-known/openid-configuration': { name: 'openid-configuration', answer: openIdConfiguration },
  '/oauth2/v2.0/token': { name: 'token', answer: tokenAnswer },
  '/oauth2/v2.0/devicecode': { name: 'devicecode', answer: deviceCodeAnswer },
}

export type LoginEndpoint = (request: Incoming) => Reply | undefined

/** The parts of the login service that libraries use; undefined for an address that is not one of them. */
export function createLogin(store: Store): LoginEndpoint {
  const serve = (name: string, answer: () => Answer): Reply => {
    const { state } = store
    countRequest(state, name)
    const fault = takeFault(state, name, false)
    if (fault === undefined) {
      store.saveSoon()
      return answer()
    }
    store.save()
    const plain = faultKinds[fault].done ? answer() : jsonAnswer(500, {})
    return loginFaults[fault]?.(plain) ?? plain
  }
  return (request) => {
    const { pathname } = request.url
    if (pathname === '/common/discovery/instance')
      return serve('instance-discovery', () => discoveryAnswer(request))
    const [, tenant = '', rest = ''] = /^\/([^/]+)(\/.*)$/.exec(pathname) ?? []
    const route = routes[rest]
    if (route === undefined) return undefined
    return serve(route.name, () => {
      const tenantId = tenantIdOf(store.state, tenant)
      return tenantId === undefined
        ? loginError(
            400,
            'invalid_tenant',
            'AADSTS90002',
            `Tenant '${tenant}' not found. Check that the tenant ID or domain is correct.`,
          )
        : route.answer(request, tenantId, store.state.directory.permissions)
    })
  }
}
