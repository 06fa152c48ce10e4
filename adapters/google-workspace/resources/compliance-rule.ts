import * as z from 'zod'
import { InternalError, NotFoundError, TenantError } from '../../../src/model/errors.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { Call, ObjectRef, Resource, TenantObject } from '../../../src/model/resource.ts'
import type { Customer, WritableCustomer } from '../customer.ts'
import { jsonObject, objectOf, ordered, textOf } from '../json.ts'
import { changePolicy } from '../policies/change.ts'
import { complianceRules, entriesOf } from '../policies/entries.ts'
import { gmailPolicies, type Policy, policyIn } from '../policies/policy.ts'
import { rulesOf, valueWith } from '../policies/rules.ts'

const { kind, id: idField } = complianceRules

/** Without its id, which the service may give anew. */
function withoutId({ [idField]: _id, ...rule }: JsonObject): JsonObject {
  return rule
}

/** The rule, and where it holds. */
function writable({ properties }: TenantObject): JsonObject {
  const { orgUnit, group } = objectOf(objectOf(properties, 'policy'), 'policyQuery')
  return { orgUnit: orgUnit ?? null, group: group ?? null, rule: withoutId(objectOf(properties, 'entry')) }
}

function partsOf({ guid, name }: ObjectRef): readonly [string, string] {
  const [policy, ruleId, more] = guid.split('#')
  if (policy && ruleId && more === undefined) return [policy, ruleId]
  throw new InternalError({ tried: `name "${name}" by its id`, said: `"${guid}" is no id of a rule` })
}

/** undefined when it is gone. */
async function policyNamed({ google }: Customer, name: string, tried: string): Promise<Policy | undefined> {
  try {
    return policyIn(await google.policy(name, tried), tried)
  } catch (error) {
    if (error instanceof NotFoundError) return undefined
    throw error
  }
}

async function removeOne(customer: WritableCustomer, object: ObjectRef): Promise<void> {
  const [name, ruleId] = partsOf(object)
  const tried = `take the rule "${object.name}" out of ${name}`
  const before = await policyNamed(customer, name, tried)
  if (before === undefined) return
  const rules = rulesOf(before)
  const others = rules.filter((rule) => textOf(rule, idField) !== ruleId)
  if (others.length === rules.length) return
  await changePolicy(customer, { before, value: valueWith(before, others) }, tried)
}

const command = 'add-compliance-rule'
const parameters = z.object({
  label: z.string(),
  orgUnit: z.string().nullable(),
  group: z.string().nullable(),
  rule: jsonObject,
})

/** The policy of the same place. Making one anew would need to know what the service puts into it besides. */
async function policyAt(
  customer: Customer,
  place: { readonly orgUnit: string | null; readonly group: string | null },
  tried: string,
): Promise<Policy> {
  const found = (await gmailPolicies(customer.google)).find(
    ({ type, orgUnit, group }) =>
      type === complianceRules.type && (orgUnit ?? null) === place.orgUnit && (group ?? null) === place.group,
  )
  if (found !== undefined) return found
  throw new TenantError({
    tried,
    said: 'its organizational unit or group has no policy for content compliance any more',
    hint: 'Make the rule by hand in the Admin console, from the backup.',
  })
}

async function createOne(customer: WritableCustomer, call: Call): Promise<void> {
  const made = call.command === command ? parameters.safeParse(call.parameters).data : undefined
  if (made === undefined)
    throw new InternalError({ tried: `run ${call.command}`, said: 'it makes no rule of content compliance' })
  const tried = `put the rule "${made.label}" back`
  const before = await policyAt(customer, made, tried)
  const rules = rulesOf(before)
  const isThere = rules.some((rule) => ordered(withoutId(rule)) === ordered(withoutId(made.rule)))
  if (isThere) return
  await changePolicy(customer, { before, value: valueWith(before, [...rules, made.rule]) }, tried)
}

/**
 * A rule is made in force: whether it is on stands in another policy. A rule that was off would come back on, so it
 * is none that can be rebuilt.
 */
function rebuild(object: TenantObject): ReturnType<Resource<Customer, WritableCustomer>['rebuild']> {
  const { label, state, entry } = object.properties
  if (state !== 'enabled') return { notRebuildable: ['it is off, and would come back switched on'] }
  const { orgUnit, group } = writable(object)
  return [
    {
      command,
      parameters: { label: label ?? '', orgUnit: orgUnit ?? null, group: group ?? null, rule: entry ?? {} },
    },
  ]
}

/**
 * Gmail's content-compliance rules. A policy holds all rules of a unit or group as one value, so that removing one
 * is to write the others again.
 */
export const complianceRule: Resource<Customer, WritableCustomer> = {
  kind,
  list: ({ google }) => entriesOf(google, complianceRules),
  writable,
  rebuild,
  async remove(customer, objects) {
    for (const object of objects) await removeOne(customer, object)
  },
  async edit(_customer, { name }, edits) {
    const [edit] = edits
    throw new InternalError({
      tried: `change ${edit?.property ?? 'something'} of "${name}"`,
      said: `the adapter makes no change to a ${kind}`,
    })
  },
  async create(customer, calls) {
    for (const call of calls) await createOne(customer, call)
  },
}
