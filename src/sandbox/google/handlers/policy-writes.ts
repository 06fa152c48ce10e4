import * as z from 'zod'
import type { JsonObject } from '../../../model/json.ts'
import type { GooglePolicy, GoogleState, PolicyWrites } from '../../tenant/google.ts'
import { writePolicy } from '../../tenant/google-change.ts'
import { settle } from '../../tenant/google-policies.ts'
import { opaqueId } from '../../tenant/ids.ts'
import { type SandboxState, sandboxNow } from '../../tenant/state.ts'
import { GoogleRefusal, invalid, notFound, refusals } from '../errors.ts'
import type { GoogleHandler } from '../handler.ts'
import { takeQuota } from '../quota.ts'
import { showPolicy } from '../show-policy.ts'

/** How long a write takes that is not done when it is answered. */
const slowMs = 30_000

const json = z.json()
const patchSchema = z.looseObject({
  customer: z.string().optional(),
  policyQuery: z.looseObject({ orgUnit: z.string().optional(), group: z.string().optional() }).optional(),
  setting: z.looseObject({ type: z.string(), value: z.record(z.string(), json) }),
})

type Patch = z.infer<typeof patchSchema>

/** As other programs saw a write refused that the service does not take: https://github.com/GAM-team/GAM/issues/1974. */
const invalidArguments = 'Error(7016): Request contains invalid argument(s)'

/** What cannot be changed must be as it is, or left out. */
function checkFixed({ customer }: GoogleState, policy: GooglePolicy, patch: Patch): void {
  const { orgUnit, group } = patch.policyQuery ?? {}
  const isSame =
    (patch.customer === undefined || patch.customer === `customers/${customer.id}`) &&
    (orgUnit === undefined || orgUnit === '' || orgUnit === `orgUnits/${policy.orgUnit}`) &&
    (group === undefined || group === '' || group === `groups/${policy.group}`) &&
    patch.setting.type === policy.type
  if (!isSame) throw invalid(invalidArguments)
}

/** The value as the service keeps it; it may lose a field of its first rule, when it is told to. */
function keptValue(google: GoogleState, value: JsonObject): JsonObject {
  const [list, rules] = Object.entries(value).find(([, entry]) => Array.isArray(entry)) ?? []
  if (google.dropsFields === 0 || list === undefined || !Array.isArray(rules) || rules.length === 0)
    return value
  google.dropsFields -= 1
  const [first, ...others] = rules
  return { ...value, [list]: [withoutLast(first), ...others] }
}

function withoutLast(rule: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(rule).slice(0, -1))
}

function operation(google: GoogleState, policy: GooglePolicy, value: JsonObject, done: boolean): JsonObject {
  const name = `operations/${opaqueId(`${policy.id} ${JSON.stringify(value)}`)}`
  if (!done) return { name, done: false }
  return { name, done: true, response: showPolicy(google, { ...policy, value }) }
}

type Write = (state: SandboxState, policy: GooglePolicy, value: JsonObject, actor: string) => JsonObject

const outcomes: Readonly<Record<PolicyWrites, Write>> = {
  done: (state, policy, value, actor) => {
    const kept = keptValue(state.google, value)
    writePolicy(state, actor, policy, kept)
    return operation(state.google, policy, kept, true)
  },
  slow: (state, policy, value) => {
    const { google } = state
    const dueAt = sandboxNow(state).getTime() + slowMs
    google.pending = [...google.pending, { id: policy.id, value: keptValue(google, value), dueAt }]
    return operation(google, policy, value, false)
  },
  refused: () => {
    throw invalid(invalidArguments)
  },
  unimplemented: () => {
    throw new GoogleRefusal(refusals.unimplemented, 'Operation is not implemented, or supported, or enabled.')
  },
  denied: () => {
    throw new GoogleRefusal(refusals.denied, 'The caller does not have permission')
  },
  'operation-error': ({ google }, policy) => ({
    name: `operations/${opaqueId(policy.id)}`,
    done: true,
    error: { code: 3, message: invalidArguments },
    metadata: { customer: `customers/${google.customer.id}` },
  }),
}

/** There is no mask: the value that is sent takes the place of the whole one. */
const patch: GoogleHandler = ({ state, parameters, body, caller }) => {
  const { google } = state
  takeQuota(state, false)
  settle(state)
  const policy = google.policies.find(({ id }) => id === parameters.policy)
  if (policy === undefined) throw notFound(`Error(7004): Policy policies/${parameters.policy} not found.`)
  const { data } = patchSchema.safeParse(body)
  if (data === undefined) throw invalid(invalidArguments)
  checkFixed(google, policy, data)
  const outcome = policy.type.startsWith('settings/gmail.') ? google.policyWrites : 'done'
  return outcomes[outcome](state, policy, data.setting.value, caller.primaryEmail)
}

export const policyWriteHandlers = {
  'PATCH /v1/policies/{policy}': patch,
} as const satisfies Record<string, GoogleHandler>
