import type { Json, JsonObject } from '../../../model/json.ts'
import type { StoredObject } from '../../tenant/state.ts'
import {
  appliedList,
  type Cmdlet,
  type CmdletContext,
  newObject,
  nothingModifiedWarning,
  target,
  textOf,
} from '../cmdlet.ts'
import { type ErrorType, errorTypes, Refusal } from '../errors.ts'
import { present } from '../present.ts'
import { shapes } from '../shapes.ts'

type ConnectorKind = 'inbound-connector' | 'outbound-connector'

/** What differs between the two kinds of connector. */
export interface ConnectorRules {
  readonly kind: ConnectorKind
  readonly exists: ErrorType
  /** What the service makes of the properties before it keeps them; `before` is undefined for a new connector. */
  settle(properties: Record<string, Json>, context: CmdletContext, before: StoredObject | undefined): void
  /** Refuses what must not be kept. */
  check(properties: JsonObject, context: CmdletContext): void
  /** Refuses to take away what others rely on; `after` is undefined for a removal. */
  guard(connector: StoredObject, after: StoredObject | undefined, context: CmdletContext): void
}

const notProperties = ['Identity', 'Name', 'Confirm', 'WhatIf', 'LinkForModifiedConnector']

function merged(kind: ConnectorKind, before: JsonObject, parameters: JsonObject): Record<string, Json> {
  const shape = shapes[kind]
  const changes = Object.entries(parameters)
    .filter(([name]) => !notProperties.includes(name))
    .map(([name, value]): [string, Json] => {
      const isList = Array.isArray(shape[name])
      return [name, isList ? appliedList(before[name], value) : (value ?? shape[name] ?? null)]
    })
  return { ...before, ...Object.fromEntries(changes) }
}

function withoutDefaults(kind: ConnectorKind, properties: JsonObject): Record<string, Json> {
  const shape = shapes[kind]
  return Object.fromEntries(
    Object.entries(properties).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(shape[name]),
    ),
  )
}

function assertFree(
  { kind, exists }: ConnectorRules,
  context: CmdletContext,
  name: string,
  except?: StoredObject,
): void {
  const taken = context.state.objects[kind].find((one) => one.name.toLowerCase() === name.toLowerCase())
  if (taken !== undefined && taken !== except)
    throw new Refusal(exists, `A connector with the name "${name}" already exists.`)
  if (name.length > 64) throw new Refusal(errorTypes.validation, 'The name is longer than 64 characters.')
}

export function createConnector(rules: ConnectorRules): Cmdlet {
  return (context) => {
    const name = textOf(context.parameters, 'Name') ?? ''
    assertFree(rules, context, name)
    const properties = merged(rules.kind, {}, context.parameters)
    rules.settle(properties, context, undefined)
    rules.check({ ...shapes[rules.kind], ...properties }, context)
    const connector = newObject(context, rules.kind, name)
    connector.properties = withoutDefaults(rules.kind, properties)
    const objects = context.state.objects[rules.kind]
    objects.push(connector)
    return [present(context.state, rules.kind, connector, objects.length - 1)]
  }
}

export function changeConnector(rules: ConnectorRules): Cmdlet {
  return (context) => {
    const connector = target(context, rules.kind)
    const name = textOf(context.parameters, 'Name') ?? connector.name
    assertFree(rules, context, name, connector)
    const properties = merged(rules.kind, connector.properties, context.parameters)
    rules.settle(properties, context, connector)
    rules.check({ ...shapes[rules.kind], ...properties }, context)
    const kept = withoutDefaults(rules.kind, properties)
    rules.guard(connector, { ...connector, name, properties: kept }, context)
    const before = withoutDefaults(rules.kind, connector.properties)
    if (name === connector.name && JSON.stringify(kept) === JSON.stringify(before)) {
      context.warn(nothingModifiedWarning(name))
      return []
    }
    connector.name = name
    connector.properties = kept
    connector.changedAt = context.now.toISOString()
    return []
  }
}

export function removeConnector(rules: ConnectorRules): Cmdlet {
  return (context) => {
    const connector = target(context, rules.kind)
    rules.guard(connector, undefined, context)
    const objects = context.state.objects[rules.kind]
    objects.splice(objects.indexOf(connector), 1)
    return []
  }
}
