import * as z from 'zod'
import { InternalError, NotFoundError } from '../../../src/model/errors.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { Call, Edit, ObjectRef, Resource, TenantObject } from '../../../src/model/resource.ts'
import type { Customer, WritableCustomer } from '../customer.ts'
import { jsonObject, objectOf, objectsOf, ordered, textOf } from '../json.ts'
import { changePolicy } from '../policies/change.ts'
import { differencesOf } from '../policies/difference.ts'
import { complianceRules, entriesOf } from '../policies/entries.ts'
import { type Place, type Policy, policyAt, policyIn } from '../policies/policy.ts'
import { setState } from '../policies/states.ts'

const { kind, id: idField, field } = complianceRules

/** The rules of a policy, in their order. */
function rulesOf({ value }: Policy): readonly JsonObject[] {
  return objectsOf(value, field)
}

/** A policy's value with these rules, and with all else as it is. */
function valueWith({ value }: Policy, rules: readonly JsonObject[]): JsonObject {
  return { ...value, [field]: rules }
}

/** Without its id, which the service may give anew. */
function withoutId({ [idField]: _id, ...rule }: JsonObject): JsonObject {
  return rule
}

function placeOf({ properties }: TenantObject): Place {
  const query = objectOf(objectOf(properties, 'policy'), 'policyQuery')
  return { orgUnit: textOf(query, 'orgUnit') ?? null, group: textOf(query, 'group') ?? null }
}

/** The rule, where it holds, and whether it is on. */
function writable(object: TenantObject): JsonObject {
  const { state } = object.properties
  const rule = withoutId(objectOf(object.properties, 'entry'))
  return { ...placeOf(object), state: state ?? null, rule }
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

/**
 * Makes a rule that is switched off: that is written first, and holds for the rule's old id. A service that gives the
 * rule another id has it taken out again.
 */
async function createOne(customer: WritableCustomer, call: Call): Promise<void> {
  const made = call.command === command ? parameters.safeParse(call.parameters).data : undefined
  const ruleId = made && textOf(made.rule, idField)
  if (made === undefined || ruleId === undefined)
    throw new InternalError({ tried: `run ${call.command}`, said: 'it makes no rule of content compliance' })
  const tried = `put the rule "${made.label}" back, switched off`
  const before = await policyAt(customer.google, complianceRules.type, made, tried)
  const rules = rulesOf(before)
  if (rules.some((rule) => ordered(rule) === ordered(made.rule))) return
  await setState(customer, made, { ruleId, enabled: false }, tried)
  await changePolicy(customer, { before, value: valueWith(before, [...rules, made.rule]) }, tried)
}

/** The id of the rule stands in the call, as that is what it is switched off by. */
function rebuild(object: TenantObject): ReturnType<Resource<Customer, WritableCustomer>['rebuild']> {
  const { label, entry } = object.properties
  const rule = objectOf(object.properties, 'entry')
  if (textOf(rule, idField) === undefined)
    return { notRebuildable: ['it has no id, by which it could be switched off'] }
  return [{ command, parameters: { label: label ?? '', ...placeOf(object), rule: entry ?? {} } }]
}

/** Switches it on or off. https://docs.cloud.google.com/identity/docs/concepts/supported-policy-api-settings */
async function editOne(customer: WritableCustomer, object: ObjectRef, edit: Edit): Promise<void> {
  const tried = `change ${edit.property} of the rule "${object.name}"`
  const wanted = edit.kind === 'set' && edit.property === 'state' ? edit.to : undefined
  if (wanted !== 'enabled' && wanted !== 'disabled')
    throw new InternalError({ tried, said: `the adapter does not make this change to a ${kind}` })
  const rule = (await entriesOf(customer.google, complianceRules)).find((one) =>
    object.guid === '' ? one.name === object.name : one.guid === object.guid,
  )
  if (rule === undefined) throw new NotFoundError({ tried, said: 'it is not there' })
  const [, ruleId] = partsOf(rule)
  await setState(customer, placeOf(rule), { ruleId, enabled: wanted === 'enabled' }, tried)
}

/** The rules of a policy that stood beside a rule as it was saved, and how they are now. */
function collateral(
  saved: TenantObject,
  now: readonly TenantObject[],
  removed: ReadonlySet<string>,
): readonly string[] {
  const [policy] = partsOf(saved)
  const value = objectOf(objectOf(objectOf(saved.properties, 'policy'), 'setting'), 'value')
  return objectsOf(value, field).flatMap((rule) => {
    const guid = `${policy}#${textOf(rule, idField) ?? ''}`
    if (guid === saved.guid || removed.has(guid)) return []
    const entry = now.find((object) => object.guid === guid)?.properties.entry
    return differencesOf(rule, entry, `"${textOf(rule, 'description') ?? guid}"`)
  })
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
  collateral,
  async remove(customer, objects) {
    for (const object of objects) await removeOne(customer, object)
  },
  async edit(customer, object, edits) {
    for (const edit of edits) await editOne(customer, object, edit)
  },
  async create(customer, calls) {
    for (const call of calls) await createOne(customer, call)
  },
}
