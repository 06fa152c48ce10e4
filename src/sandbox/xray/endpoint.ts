import type { JsonObject } from '../../model/json.ts'
import { type Answer, header, type Incoming, jsonAnswer, type Reply } from '../http.ts'
import { type Result, refused, serve } from '../serve.ts'
import type { SandboxState } from '../tenant/state.ts'
import type { Store } from '../tenant/store.ts'
import { forbidden, notAllowed, notFound, xrayError } from './errors.ts'
import { xrayFaults } from './faulty.ts'
import { xrayRoutes } from './routes.ts'

/** Why a request is turned away; undefined when it is let in. */
function turnAway({ vendor }: SandboxState, request: Incoming): Answer | undefined {
  const [, token] = /^Token (\S+)$/.exec(header(request, 'authorization')) ?? []
  const challenge = { 'www-authenticate': 'Token' }
  if (token === undefined) return xrayError(401, 'Authentication credentials were not provided.', challenge)
  if (token !== vendor.token) return xrayError(401, 'Invalid token.', challenge)
  return vendor.licensed ? undefined : forbidden()
}

/** The vendor's API as far as it is read; undefined for an address that is not its own. */
export function createXray(store: Store): (request: Incoming) => Reply | undefined {
  function api(request: Incoming): Reply {
    const { state } = store
    const { method, url, body } = request
    const route = xrayRoutes.find(({ path }) => path.test(url.pathname))
    const [, id = ''] = route?.path.exec(url.pathname) ?? []
    const isRead = method === 'GET' && route?.acts !== true
    const write: JsonObject = { path: url.pathname, ...(body === '' ? {} : { body }) }
    const run = (): Result => {
      const away = turnAway(state, request) ?? (method === 'GET' ? undefined : notAllowed(method))
      if (away !== undefined) return refused(away)
      return route === undefined
        ? refused(notFound())
        : { answer: route.answer(state, request, id), done: true }
    }
    return serve(store, xrayFaults, {
      name: method === 'GET' && route !== undefined ? route.name : `${method} ${url.pathname}`,
      write: isRead ? undefined : write,
      run,
    })
  }
  return (request) => {
    const { pathname } = request.url
    if (pathname === '/health_check')
      return serve(store, xrayFaults, {
        name: 'GET health_check',
        write: undefined,
        run: () => ({ answer: jsonAnswer(200, { status: 'ok' }), done: true }),
      })
    return pathname.startsWith('/api/') ? api(request) : undefined
  }
}
