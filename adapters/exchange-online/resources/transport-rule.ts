import type { Json, JsonObject } from '../../../src/model/json.ts'
import type { Edit, NotRebuildable, ObjectRef, Resource, TenantObject } from '../../../src/model/resource.ts'
import type { WriteCmdlet } from '../cmdlets.ts'
import { isList, textOf } from '../json.ts'
import { readByGuid } from '../objects.ts'
import { halves, obstacles, parameters, setProperties, writable } from '../properties/describe.ts'
import type { Use } from '../properties/table.ts'
import {
  transportRuleCompanions as companions,
  transportRuleTable as table,
} from '../properties/transport-rule.ts'
import type { ExchangeReader, ExchangeWriter } from '../transport.ts'
import { located, refuseEdit, removeEach, runCalls, target } from './acts.ts'

const stateCmdlets: ReadonlyMap<Json, WriteCmdlet> = new Map([
  ['Enabled', 'Enable-TransportRule'],
  ['Disabled', 'Disable-TransportRule'],
])

/** Parts of a rule, and the property in which the service lists the classes of those that it has. */
const parts: readonly { readonly use: Use; readonly listed: string; readonly noun: string }[] = [
  { use: 'condition', listed: 'Conditions', noun: 'conditions' },
  { use: 'exception', listed: 'Exceptions', noun: 'exceptions' },
  { use: 'action', listed: 'Actions', noun: 'actions' },
]

/**
 * A rule made without one of its conditions would act on more mail than before, so what the service lists must be
 * found among the properties.
 */
function unseenParts(properties: JsonObject): readonly string[] {
  const set = setProperties(table, properties)
  return parts.flatMap(({ use, listed, noun }) => {
    const classes = properties[listed]
    const count = isList(classes) ? classes.length : 0
    const seen = set.filter((property) => property.use === use || property.use === 'unsendable').length
    return seen < count ? [`The service lists ${count} ${noun}, and only ${seen} can be read.`] : []
  })
}

function reasons(properties: JsonObject): readonly string[] {
  const names = new Set(setProperties(table, properties).map(({ name }) => name))
  const unsupported = textOf(properties, 'RuleConfigurationUnsupportedReason')
  return [
    ...(properties.IsRuleConfigurationSupported === false
      ? [`The service does not support its configuration${unsupported ? `: ${unsupported}` : ''}.`]
      : []),
    ...obstacles(table, properties),
    ...halves(companions, names),
    ...unseenParts(properties),
  ]
}

function rebuild(properties: JsonObject) {
  const notRebuildable = reasons(properties)
  if (notRebuildable.length > 0) return { notRebuildable } satisfies NotRebuildable
  const sent = parameters(table, properties, ['setting', 'stamp', 'condition', 'exception', 'action'])
  // Made disabled: whoever put it back decides when it acts.
  return [{ command: 'New-TransportRule', parameters: { ...sent, Enabled: false } }]
}

function priority({ properties: { Priority } }: TenantObject): number {
  return typeof Priority === 'number' ? Priority : Number.MAX_SAFE_INTEGER
}

async function list(reader: ExchangeReader): Promise<readonly TenantObject[]> {
  const rules = await readByGuid(reader, 'Get-TransportRule', [{ ResultSize: 'Unlimited' }])
  return [...rules].sort((a, b) => priority(a) - priority(b))
}

async function edit(writer: ExchangeWriter, object: ObjectRef, edits: readonly Edit[]): Promise<void> {
  const cmdlets = edits.map((change) => {
    const isState = change.kind === 'set' && change.property === 'State'
    const cmdlet = isState ? stateCmdlets.get(change.to) : undefined
    if (cmdlet === undefined) throw refuseEdit('transport-rule', object, change)
    return cmdlet
  })
  if (cmdlets.length === 0) return
  const rule = target(await located(object, () => list(writer)))
  for (const cmdlet of cmdlets) await writer.write(cmdlet, rule)
}

/** Mail-flow rules, in the order in which they act. */
export const transportRule: Resource<ExchangeReader, ExchangeWriter> = {
  kind: 'transport-rule',
  list,
  writable: ({ properties }) => writable(table, properties),
  rebuild: ({ properties }) => rebuild(properties),
  remove: (writer, objects) => removeEach(writer, 'Remove-TransportRule', objects),
  edit,
  create: (writer, calls) => runCalls(writer, calls, ['New-TransportRule']),
  place: (call, position) => ({ ...call, parameters: { ...call.parameters, Priority: position } }),
}
