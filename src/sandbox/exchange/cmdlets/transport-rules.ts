import type { Json, JsonObject } from '../../../model/json.ts'
import type { StoredObject } from '../../tenant/state.ts'
import {
  appliedList,
  type Cmdlet,
  type CmdletContext,
  type CmdletTable,
  getCmdlet,
  newObject,
  nothingModifiedWarning,
  target,
  textOf,
} from '../cmdlet.ts'
import { errorTypes, Refusal } from '../errors.ts'
import { present } from '../present.ts'
import { checkRule } from '../rule-checks.ts'
import { shapes } from '../shapes.ts'

const kind = 'transport-rule'
const defaults = shapes[kind]
const notProperties = ['Identity', 'Name', 'Priority', 'Enabled', 'Confirm', 'WhatIf']

/** The rule's properties after a command; null and empty lists clear, as the service keeps them. */
function merged(before: JsonObject, parameters: JsonObject): Record<string, Json> {
  const changes = Object.entries(parameters)
    .filter(([name]) => !notProperties.includes(name))
    .map(([name, value]): [string, Json] => {
      const isList = Array.isArray(value) || (value !== null && typeof value === 'object')
      const list = isList ? appliedList(before[name], value) : []
      if (isList) return [name, list.length === 0 ? null : list]
      return [name, value === '' ? null : value]
    })
  const all = { ...before, ...Object.fromEntries(changes) }
  return Object.fromEntries(Object.entries(all).filter(([name, value]) => value !== (defaults[name] ?? null)))
}

function assertFree(context: CmdletContext, name: string, except?: StoredObject): void {
  const taken = context.state.objects[kind].find((rule) => rule.name.toLowerCase() === name.toLowerCase())
  if (taken !== undefined && taken !== except)
    throw new Refusal(
      errorTypes.argument,
      `The name "${name}" is already in use by another rule. (Parameter 'Name')`,
    )
  if (name.length > 64)
    throw new Refusal(
      errorTypes.validation,
      `The length of the property is too long. The maximum length is 64. (Parameter 'Name')`,
    )
}

/** The place that the parameter Priority asks for, among so many. */
function placeAsked(parameters: JsonObject, last: number): number {
  const asked = parameters.Priority
  if (typeof asked !== 'number') return last
  if (asked >= 0 && asked <= last) return asked
  throw new Refusal(
    errorTypes.argument,
    `The specified rule priority is invalid. Use a value between '0' (highest priority) and '${last}'. (Parameter 'Priority')`,
  )
}

/** An activation date that has passed is dropped without a word. */
function withoutPastActivation(properties: Record<string, Json>, now: Date): void {
  const at = properties.ActivationDate
  if (typeof at === 'string' && Date.parse(at) <= now.getTime()) delete properties.ActivationDate
}

const create: Cmdlet = (context) => {
  const { state, parameters, now } = context
  const rules = state.objects[kind]
  const name = textOf(parameters, 'Name') ?? ''
  assertFree(context, name)
  const place = placeAsked(parameters, rules.length)
  const properties = merged({}, parameters)
  checkRule(context, properties)
  withoutPastActivation(properties, now)
  if (parameters.Enabled === false) properties.State = 'Disabled'
  const rule = newObject(context, kind, name)
  rule.properties = properties
  rules.splice(place, 0, rule)
  return [present(state, kind, rule, place)]
}

const change: Cmdlet = (context) => {
  const { state, parameters, now } = context
  const rules = state.objects[kind]
  const rule = target(context, kind)
  const name = textOf(parameters, 'Name') ?? rule.name
  assertFree(context, name, rule)
  const place = 'Priority' in parameters ? placeAsked(parameters, rules.length - 1) : rules.indexOf(rule)
  const properties = merged(rule.properties, parameters)
  checkRule(context, properties)
  const same = JSON.stringify(properties) === JSON.stringify(rule.properties)
  if (same && name === rule.name && place === rules.indexOf(rule)) {
    context.warn(nothingModifiedWarning(rule.name))
    return []
  }
  rule.properties = properties
  rule.name = name
  rule.changedAt = now.toISOString()
  rules.splice(rules.indexOf(rule), 1)
  rules.splice(place, 0, rule)
  return []
}

const remove: Cmdlet = (context) => {
  const rules = context.state.objects[kind]
  rules.splice(rules.indexOf(target(context, kind)), 1)
  return []
}

function turn(state: 'Enabled' | 'Disabled'): Cmdlet {
  return (context) => {
    const rule = target(context, kind)
    const mode = textOf(context.parameters, 'Mode')
    const now = rule.properties.State === 'Disabled' ? 'Disabled' : 'Enabled'
    if (now === state && (mode === undefined || mode === (rule.properties.Mode ?? 'Enforce'))) {
      context.warn(nothingModifiedWarning(rule.name))
      return []
    }
    if (state === 'Disabled') rule.properties.State = state
    else delete rule.properties.State
    if (mode !== undefined) rule.properties.Mode = mode
    rule.changedAt = context.now.toISOString()
    return []
  }
}

export const transportRuleCmdlets: CmdletTable = {
  'Get-TransportRule': getCmdlet(kind, (rule, { parameters }) => {
    const wanted = parameters.State
    return wanted === undefined || wanted === (rule.properties.State ?? 'Enabled')
  }),
  'New-TransportRule': create,
  'Set-TransportRule': change,
  'Remove-TransportRule': remove,
  'Enable-TransportRule': turn('Enabled'),
  'Disable-TransportRule': turn('Disabled'),
}
