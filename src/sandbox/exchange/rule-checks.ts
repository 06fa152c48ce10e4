import type { Json, JsonObject } from '../../model/json.ts'
import { type CmdletContext, find, notFound, textOf } from './cmdlet.ts'
import { errorTypes, Refusal } from './errors.ts'
import { actionsOf, ruleSize } from './rule-shape.ts'

/** Parameters that belonged to data loss prevention: still listed, no longer taken. */
const retired = [
  'DlpPolicy',
  'HasSenderOverride',
  'ExceptIfHasSenderOverride',
  'MessageContainsDataClassifications',
  'ExceptIfMessageContainsDataClassifications',
  'NotifySender',
]

const twins = [
  ['HeaderContainsMessageHeader', 'HeaderContainsWords'],
  ['HeaderMatchesMessageHeader', 'HeaderMatchesPatterns'],
  ['BetweenMemberOf1', 'BetweenMemberOf2'],
  ['ADComparisonAttribute', 'ADComparisonOperator'],
  ['ManagerAddresses', 'ManagerForEvaluatedUser'],
] as const

/** Properties of which both must be given or none. */
const pairs: readonly (readonly [string, string])[] = [
  ...twins,
  ...twins.map(([a, b]) => [`ExceptIf${a}`, `ExceptIf${b}`] as const),
  ['SetHeaderName', 'SetHeaderValue'],
]

/** The first has no meaning without the second. */
const dependents: readonly (readonly [string, string])[] = [
  ['ApplyHtmlDisclaimerLocation', 'ApplyHtmlDisclaimerText'],
  ['ApplyHtmlDisclaimerFallbackAction', 'ApplyHtmlDisclaimerText'],
]

const sizeLimit = 8192

type Check = (context: CmdletContext, properties: JsonObject) => void

const noRetired: Check = ({ parameters }) => {
  const given = retired.find((name) => name in parameters)
  if (given !== undefined)
    throw new Refusal(
      errorTypes.argument,
      `Data loss prevention rules can no longer be created or changed in Exchange. (Parameter '${given}')`,
    )
}

const wholePairs: Check = (_context, properties) => {
  const halved = (a: string, b: string): boolean => a in properties && !(b in properties)
  const half =
    pairs.find(([a, b]) => halved(a, b) || halved(b, a)) ?? dependents.find(([a, b]) => halved(a, b))
  if (half === undefined) return
  const missing = half[0] in properties ? half[1] : half[0]
  throw new Refusal(
    errorTypes.argument,
    `The parameter '${missing}' must be specified too. (Parameter '${missing}')`,
  )
}

const someAction: Check = (_context, properties) => {
  if (actionsOf(properties).length > 0) return
  throw new Refusal(
    errorTypes.argument,
    "To be valid, all rules have to include at least one action. (Parameter 'Actions')",
  )
}

/** The connector must be there and enabled; the rule keeps its name. */
const knownConnector: Check = ({ state, parameters }, properties) => {
  const wanted = textOf(parameters, 'RouteMessageOutboundConnector')
  if (wanted === undefined || wanted === '') return
  const connector = find(state, 'outbound-connector', state.objects['outbound-connector'], wanted)
  if (connector === undefined) throw notFound(wanted)
  if (connector.properties.Enabled === false)
    throw new Refusal(
      errorTypes.argument,
      `The outbound connector "${connector.name}" is disabled. (Parameter 'RouteMessageOutboundConnector')`,
    )
  Object.assign(properties, { RouteMessageOutboundConnector: connector.name })
}

function texts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []
}

const knownGroups: Check = ({ state, parameters }) => {
  const named = Object.entries(parameters).filter(([name]) => /MemberOf[12]?$/.test(name))
  for (const [, value] of named) {
    for (const wanted of texts(value)) {
      const group = state.objects['distribution-group'].find((candidate) =>
        [candidate.name, candidate.guid, candidate.properties.PrimarySmtpAddress].some(
          (spelling) => typeof spelling === 'string' && spelling.toLowerCase() === wanted.toLowerCase(),
        ),
      )
      if (group === undefined) throw notFound(wanted)
    }
  }
}

const withinLimits: Check = ({ state, parameters }, properties) => {
  const limit = state.objects['transport-config'][0]?.properties.TransportRuleLimit ?? 300
  const isNew = !('Identity' in parameters)
  if (isNew && typeof limit === 'number' && state.objects['transport-rule'].length >= limit)
    throw new Refusal(errorTypes.invalidOperation, `The number of rules has reached the limit of ${limit}.`)
  if (ruleSize(properties) > sizeLimit)
    throw new Refusal(errorTypes.invalidOperation, `The rule is larger than the limit of ${sizeLimit} bytes.`)
}

const checks: readonly Check[] = [
  noRetired,
  wholePairs,
  someAction,
  knownConnector,
  knownGroups,
  withinLimits,
]

/** Refuses what the service refuses in a rule. Throws a Refusal. */
export function checkRule(context: CmdletContext, properties: JsonObject): void {
  for (const check of checks) check(context, properties)
}
