import { text } from '../../footprint/properties.ts'
import type { Json, JsonObject } from '../../model/json.ts'
import type { MatchContext } from '../../model/platform.ts'
import type { TenantObject } from '../../model/resource.ts'
import { objectsOf } from '../objects.ts'

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function clientOf({ properties: { parameters } }: TenantObject): string | undefined {
  const name = isObject(parameters) ? parameters.API_CLIENT_NAME : undefined
  return typeof name === 'string' ? name : undefined
}

function scopesOf({ properties: { parameters } }: TenantObject): string {
  const scopes = isObject(parameters) ? parameters.API_SCOPES : undefined
  const list = Array.isArray(scopes) ? scopes.map(String) : []
  return list.map((scope) => scope.replace('https://www.googleapis.com/auth/', '')).join(', ')
}

/** Clients that were let in and not taken out since, as far as the audit log goes back: one line for each. */
export function clientsLetIn(context: MatchContext): readonly string[] {
  const acts = objectsOf('audit-event', context).filter(({ name }) => name.endsWith('_API_CLIENT_ACCESS'))
  const last = new Map(
    acts.flatMap((act) => {
      const client = clientOf(act)
      return client === undefined ? [] : [[client, act] as const]
    }),
  )
  return [...last]
    .filter(([, { name }]) => name.startsWith('AUTHORIZE'))
    .map(([client, act]) => `${client}, since ${text(act, 'time')?.slice(0, 10) ?? '?'}: ${scopesOf(act)}`)
}
