import type { Json } from '../../model/json.ts'
import type { MatchContext } from '../../model/platform.ts'
import type { TenantObject } from '../../model/resource.ts'
import { objectsOf } from '../objects.ts'

function isObject(value: Json): value is Exclude<Json, null | string | number | boolean> {
  return typeof value === 'object' && value !== null
}

/** Whether a property of that name is on, at any depth. */
function isOn(value: Json, name: RegExp): boolean {
  if (!isObject(value)) return false
  return Object.entries(value).some(([key, inner]) => (inner === true && name.test(key)) || isOn(inner, name))
}

/** Settings of types unknown today that reject mail from elsewhere, should Google publish them. */
export function rejectingSettings(context: MatchContext): readonly TenantObject[] {
  return objectsOf('mail-host-settings', context).filter(
    ({ properties }) => /gateway/i.test(String(properties.type)) && isOn(properties, /reject/i),
  )
}
