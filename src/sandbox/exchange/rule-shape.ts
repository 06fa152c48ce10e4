import type { Json, JsonObject } from '../../model/json.ts'
import transportRule from './data/transport-rule.json' with { type: 'json' }

const names = Object.keys(transportRule)
const namespace = 'Microsoft.Exchange.MessagingPolicies.Rules.Tasks'
const notActions = ['StopRuleProcessing', 'SenderNotificationType']

function between(first: string, last: string): readonly string[] {
  return names.slice(names.indexOf(first), names.indexOf(last) + 1)
}

const conditions = between('From', 'AnyOfRecipientAddressMatchesPatterns')
const exceptions = between('ExceptIfFrom', 'ExceptIfSenderIpRanges')
const actions = between('PrependSubject', 'GenerateNotification').filter((name) => !notActions.includes(name))

function isSet(value: Json | undefined): boolean {
  return (
    value !== undefined && value !== null && value !== false && !(Array.isArray(value) && value.length === 0)
  )
}

function setOf(group: readonly string[], properties: JsonObject): readonly string[] {
  return group.filter((name) => isSet(properties[name]))
}

export function actionsOf(properties: JsonObject): readonly string[] {
  return setOf(actions, properties)
}

function classes(group: readonly string[], ending: string): Json {
  return group.length === 0
    ? null
    : group.map((name) => `${namespace}.${name.replace(/^ExceptIf/, '')}${ending}`)
}

function lines(heading: string, group: readonly string[], properties: JsonObject): string {
  if (group.length === 0) return ''
  const each = group.map(
    (name) => `\t${name.replace(/^ExceptIf/, '')}: ${JSON.stringify(properties[name])}\r\n`,
  )
  return `${heading}\r\n${each.join('')}`
}

/** What the service works out of a rule's own properties: kinds of condition and action, and text for people. */
export function describeRule(properties: JsonObject): JsonObject {
  const found = setOf(conditions, properties)
  const excepted = setOf(exceptions, properties)
  const done = actionsOf(properties)
  return {
    Conditions: classes(found, 'Predicate'),
    Exceptions: classes(excepted, 'Predicate'),
    Actions: classes(done, 'Action'),
    Description: [
      lines('If the message:', found, properties),
      lines('Take the following actions:', done, properties),
      lines('Except if the message:', excepted, properties),
    ].join(''),
    Size: ruleSize(properties),
  }
}

/** How large the service takes the rule to be, in bytes. */
export function ruleSize(properties: JsonObject): number {
  return Buffer.byteLength(JSON.stringify(properties), 'utf8')
}
