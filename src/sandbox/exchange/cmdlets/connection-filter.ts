import type { Json } from '../../../model/json.ts'
import {
  appliedList,
  type Cmdlet,
  type CmdletTable,
  getCmdlet,
  nothingModifiedWarning,
  target,
} from '../cmdlet.ts'
import { errorTypes, Refusal } from '../errors.ts'
import { isFilterEntry } from '../ip-entries.ts'

const kind = 'connection-filter-policy'
const lists = ['IPAllowList', 'IPBlockList']
const plain = ['AdminDisplayName', 'EnableSafeList']
const mostEntries = 1273

function checkList(name: string, entries: readonly string[]): void {
  const wrong = entries.find((entry) => !isFilterEntry(entry))
  if (wrong !== undefined)
    throw new Refusal(
      errorTypes.validation,
      `"${wrong}" isn't a valid IP address, range or CIDR. (Parameter '${name}')`,
    )
  if (entries.length > mostEntries)
    throw new Refusal(
      errorTypes.validation,
      `The list can hold ${mostEntries} entries. (Parameter '${name}')`,
    )
}

const change: Cmdlet = (context) => {
  const { parameters } = context
  const policy = target(context, kind)
  const given = [...lists, ...plain].filter((name) => name in parameters)
  const changes = given.map((name): [string, Json] => {
    const value = parameters[name] ?? null
    return [name, lists.includes(name) ? appliedList(policy.properties[name], value) : value]
  })
  for (const [name, value] of changes) if (Array.isArray(value)) checkList(name, value)
  const properties = { ...policy.properties, ...Object.fromEntries(changes) }
  if (JSON.stringify(properties) === JSON.stringify(policy.properties)) {
    context.warn(nothingModifiedWarning(policy.name))
    return []
  }
  policy.properties = properties
  policy.changedAt = context.now.toISOString()
  return []
}

export const connectionFilterCmdlets: CmdletTable = {
  'Get-HostedConnectionFilterPolicy': getCmdlet(kind),
  'Set-HostedConnectionFilterPolicy': change,
}
