import * as z from 'zod'
import { OffboardError, UsageError } from '../../model/errors.ts'
import type { Json, JsonObject } from '../../model/json.ts'
import { regionIds } from '../../model/words.ts'
import { runAct } from '../acts.ts'
import { showDns } from '../dns/show.ts'
import { present } from '../exchange/present.ts'
import { addFault, type FaultKind, faultKinds } from '../faults.ts'
import { showGoogle } from '../google/show.ts'
import { servicePrincipalType, whole } from '../graph/types.ts'
import { type Answer, header, type Incoming, jsonAnswer } from '../http.ts'
import { buildState } from '../scenarios/build.ts'
import { noteRouting } from '../tenant/routing.ts'
import { kinds, type SandboxState, sandboxNow } from '../tenant/state.ts'
import type { Store } from '../tenant/store.ts'
import { isChannelActive } from '../tenant/vendor.ts'

const json: z.ZodType<Json> = z.json()
const faultNames = Object.keys(faultKinds).filter((name): name is FaultKind => name in faultKinds)

const bodies = {
  clock: z.strictObject({ ms: z.number().nonnegative() }),
  fail: z.strictObject({
    kind: z.enum(faultNames),
    at: z.number().int().positive().optional(),
    cmdlet: z.string().min(1).optional(),
    times: z.number().int().positive().optional(),
  }),
  act: z.strictObject({ name: z.string(), args: z.record(z.string(), json).default({}) }),
  reset: z.strictObject({
    scenario: z.string().optional(),
    regions: z.array(z.enum(regionIds)).min(1).optional(),
  }),
}

function view(state: SandboxState): JsonObject {
  const objects = kinds.map((kind) => [
    kind,
    state.objects[kind].map((object, position) => present(state, kind, object, position)),
  ])
  return {
    tenant: { ...state.tenant },
    scenario: state.scenario,
    regions: state.regions,
    ...timeOf(state),
    clockOffsetMs: state.clockOffsetMs,
    objects: Object.fromEntries(objects),
    requests: state.requests,
    counts: state.counts,
    writes: state.writes.map((write) => ({ ...write })),
    writesDone: state.writes.filter(({ result }) => result === 'done').length,
    directory: directoryOf(state),
    vendor: vendorOf(state),
    google: showGoogle(state),
    faults: state.faults.map((fault) => ({ ...fault })),
    caller: { roles: state.caller.roles, without: state.caller.without },
    dns: showDns(state),
  }
}

function directoryOf({ directory }: SandboxState): JsonObject {
  const { organization, domains, appRoleAssignments, oauth2PermissionGrants, permissions } = directory
  return {
    organization: { ...organization },
    domains,
    servicePrincipals: directory.servicePrincipals.map((app) => whole(servicePrincipalType, app)),
    appRoleAssignments,
    oauth2PermissionGrants,
    deletedItems: directory.deletedItems.map((app) => whole(servicePrincipalType, app)),
    permissions,
  }
}

function vendorOf({ vendor }: SandboxState): JsonObject {
  const { organization, region, licensed, method, events } = vendor
  const channel = isChannelActive(vendor) ? 'active' : 'inactive'
  return { organization, region, licensed, method, channel, events: events.map((event) => ({ ...event })) }
}

function timeOf(state: SandboxState): JsonObject {
  return { now: sandboxNow(state).toISOString(), offsetMs: state.clockOffsetMs }
}

interface Hooks {
  readonly key?: string
  onStop?(): void
}

type Route = (store: Store, body: unknown, hooks: Hooks) => JsonObject

const routes: Readonly<Record<string, Route>> = {
  'GET state': ({ state }) => view(state),
  'GET key': (_store, _body, { key = '' }) => ({ key }),
  'GET clock': ({ state }) => timeOf(state),
  'POST clock': ({ state }, body) => {
    state.clockOffsetMs += bodies.clock.parse(body).ms
    return timeOf(state)
  },
  'POST fail': ({ state }, body) => {
    const { kind, at, cmdlet, times } = bodies.fail.parse(body)
    addFault(state, {
      kind,
      ...(at === undefined ? {} : { at }),
      ...(cmdlet === undefined ? {} : { cmdlet }),
      ...(times === undefined ? {} : { times }),
    })
    return {}
  },
  'POST act': ({ state }, body) => {
    const { name, args } = bodies.act.parse(body)
    runAct(state, name, args)
    noteRouting(state)
    return {}
  },
  'POST reset': (store, body) => {
    const { scenario, regions } = bodies.reset.parse(body)
    const { state } = store
    store.replace(buildState(scenario ?? state.scenario, regions ?? state.regions))
    return {}
  },
  'POST stop': (_store, _body, hooks) => {
    hooks.onStop?.()
    return {}
  },
}

function refusal(error: unknown): Answer {
  if (error instanceof OffboardError)
    return jsonAnswer(400, {
      error: error.message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    })
  if (error instanceof z.ZodError) return jsonAnswer(400, { error: z.prettifyError(error) })
  if (error instanceof SyntaxError) return jsonAnswer(400, { error: 'the body is not JSON' })
  throw error
}

function parse(request: Incoming): unknown {
  if (request.method === 'GET') return {}
  if (!header(request, 'content-type').startsWith('application/json'))
    throw new UsageError({ tried: 'steer the sandbox', said: 'the content type must be application/json' })
  return JSON.parse(request.body)
}

/** The part of the server that steers the sandbox; undefined for an address that is not its own. */
export function createControl(store: Store, hooks: Hooks): (request: Incoming) => Answer | undefined {
  return (request) => {
    const [, path] = /^\/_control\/([a-z]+)$/.exec(request.url.pathname) ?? []
    const route = path === undefined ? undefined : routes[`${request.method} ${path}`]
    if (route === undefined) return undefined
    try {
      const answer = route(store, parse(request), hooks)
      if (request.method === 'POST') store.save()
      return jsonAnswer(200, answer)
    } catch (error) {
      return refusal(error)
    }
  }
}
