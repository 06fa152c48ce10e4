import * as z from 'zod'
import { ServiceError, UsageError } from '../../model/errors.ts'
import type { Json, JsonObject } from '../../model/json.ts'
import { type RegionId, regionIds } from '../../model/words.ts'
import { type FaultKind, type FaultRequest, faultKinds } from '../faults.ts'

const json: z.ZodType<Json> = z.json()
const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), json)
const faultNames = Object.keys(faultKinds).filter((name): name is FaultKind => name in faultKinds)

const writeSchema = z.looseObject({
  at: z.string(),
  cmdlet: z.string(),
  parameters: jsonObject,
  result: z.enum(['done', 'refused', 'lost']),
})

/** The Google customer; policies as the API shows them. */
const googleSchema = z.looseObject({
  customer: z.looseObject({ id: z.string(), domain: z.string() }),
  policies: z.array(jsonObject),
  /** Gmail's compliance rules of all units, with whether they are on. */
  rules: z.array(jsonObject),
  users: z.array(jsonObject),
  delegation: z.array(jsonObject),
  hosts: z.array(jsonObject),
  inboundGateway: z.looseObject({ addresses: z.array(z.string()) }),
  audit: z.array(jsonObject),
  policyWrites: z.string(),
  /** Requests that the quota of policies refused. */
  refusedByQuota: z.number(),
})

const dnsSchema = z.looseObject({
  zones: z.array(
    z.looseObject({
      name: z.string(),
      nameServers: z.array(z.string()),
      serial: z.number(),
      sets: z.array(
        z.looseObject({ name: z.string(), type: z.string(), ttl: z.number(), values: z.array(z.string()) }),
      ),
    }),
  ),
  /** By domain: what its policy says. */
  mtaSts: z.record(z.string(), z.string()),
  serverFailure: z.array(z.string()),
})

const viewSchema = z.looseObject({
  tenant: z.object({ id: z.string(), domain: z.string() }),
  scenario: z.string(),
  regions: z.array(z.enum(regionIds)),
  /** ISO 8601, UTC, on the sandbox's clock. */
  now: z.string(),
  clockOffsetMs: z.number(),
  /** Every object as the service shows it, by kind. */
  objects: z.record(z.string(), z.array(jsonObject)),
  /** The Entra directory, service principals as Graph shows them. */
  directory: z.looseObject({
    organization: z.looseObject({ id: z.string(), displayName: z.string() }),
    domains: z.array(jsonObject),
    servicePrincipals: z.array(jsonObject),
    appRoleAssignments: z.array(jsonObject),
    oauth2PermissionGrants: z.array(jsonObject),
    deletedItems: z.array(jsonObject),
    /** What the caller holds on Graph. */
    permissions: z.array(z.string()),
  }),
  /** The customer's organization at the vendor, and its channel to Microsoft 365. */
  vendor: z.looseObject({
    organization: z.string(),
    region: z.enum(regionIds),
    method: z.enum(['inline', 'google', 'api', 'mx']),
    channel: z.enum(['active', 'inactive']),
  }),
  google: googleSchema,
  dns: dnsSchema,
  requests: z.number(),
  /** By cmdlet, by endpoint of the login service, by method and resource of Graph and of the vendor's API. */
  counts: z.record(z.string(), z.number()),
  writes: z.array(writeSchema),
  /** How many of `writes` were done. */
  writesDone: z.number(),
  faults: z.array(
    z.looseObject({
      kind: z.enum(faultNames),
      cmdlet: z.string().nullable(),
      skip: z.number(),
      left: z.number(),
    }),
  ),
})

/** Everything that the sandbox knows of itself. */
export type SandboxView = z.infer<typeof viewSchema>

const clockSchema = z.looseObject({ now: z.string(), offsetMs: z.number() })
/** The sandbox's clock: its time, and how far it is ahead of the machine's. */
export type SandboxTime = z.infer<typeof clockSchema>

const doneSchema = z.looseObject({})
const refusedSchema = z.looseObject({ error: z.string(), hint: z.string().optional() })

/** Steers a sandbox from outside: what `offboard sandbox …` and tests use. */
export interface SandboxControl {
  show(): Promise<SandboxView>
  time(): Promise<SandboxTime>
  now(): Promise<Date>
  /** Moves the clock forward. */
  clock(ms: number): Promise<Date>
  fail(fault: FaultRequest): Promise<void>
  /** Does what a person does in a console. */
  act(name: string, args?: JsonObject): Promise<void>
  /** Starts anew; the scenario and regions of before where none are given. */
  reset(options?: { readonly scenario?: string; readonly regions?: readonly RegionId[] }): Promise<void>
  stop(): Promise<void>
}

/** A client of a sandbox. It throws a UsageError for what the sandbox refuses, a ServiceError when it is not there. */
export function createSandboxControl(controlUrl: string): SandboxControl {
  async function call<T>(path: string, answer: z.ZodType<T>, body?: JsonObject): Promise<T> {
    const tried = `ask the sandbox at ${controlUrl} for ${path}`
    let response: Response
    let text: string
    try {
      response = await fetch(`${controlUrl}/${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        ...(body === undefined
          ? {}
          : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      })
      text = await response.text()
    } catch (cause) {
      throw new ServiceError({
        tried,
        said: 'it does not answer',
        hint: 'Start it with: offboard sandbox start',
        cause,
      })
    }
    const value: unknown = JSON.parse(text)
    if (response.ok) return answer.parse(value)
    const { error, hint } = refusedSchema.parse(value)
    throw new UsageError({ tried, said: error, ...(hint === undefined ? {} : { hint }) })
  }

  const time = (): Promise<SandboxTime> => call('clock', clockSchema)
  return {
    show: () => call('state', viewSchema),
    time,
    now: async () => new Date((await time()).now),
    clock: async (ms) => new Date((await call('clock', clockSchema, { ms })).now),
    fail: async (fault) => {
      await call('fail', doneSchema, { ...fault })
    },
    act: async (name, args = {}) => {
      await call('act', doneSchema, { name, args })
    },
    reset: async (options = {}) => {
      await call('reset', doneSchema, { ...options })
    },
    stop: async () => {
      await call('stop', doneSchema, {})
    },
  }
}
