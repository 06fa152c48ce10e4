import * as z from 'zod'
import { TenantError } from '../../../src/model/errors.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import { jsonObject, objectOf, parsed, textOf } from '../json.ts'
import type { GoogleReader } from '../transport.ts'

/** What an administrator has set for an organizational unit or a group, of one type of setting. */
export interface Policy {
  /** 'policies/{id}' */
  readonly name: string
  /** 'settings/gmail.content_compliance' */
  readonly type: string
  readonly value: JsonObject
  /** 'orgUnits/{id}' */
  readonly orgUnit: string | undefined
  /** 'groups/{id}'; undefined when it holds for the whole unit. */
  readonly group: string | undefined
  /** As it was answered. */
  readonly whole: JsonObject
}

const form = z.looseObject({
  name: z.string().regex(/^policies\/[^/#]+$/),
  setting: z.looseObject({ type: z.string(), value: jsonObject.optional() }),
})

/** https://docs.cloud.google.com/identity/docs/reference/rest/v1/policies#Policy */
export function policyIn(whole: JsonObject, tried: string): Policy {
  const { name, setting } = parsed(form, whole, tried)
  const query = objectOf(whole, 'policyQuery')
  return {
    name,
    type: setting.type,
    value: setting.value ?? {},
    orgUnit: textOf(query, 'orgUnit'),
    group: textOf(query, 'group'),
    whole,
  }
}

const gmail = /^settings\/gmail\./

/** All policies of Gmail, of all units and groups: what the service sends besides is none of ours. */
export async function gmailPolicies(google: GoogleReader): Promise<readonly Policy[]> {
  const tried = 'list the policies of Gmail'
  const found = (await google.gmailPolicies()).map((whole) => policyIn(whole, tried))
  return found.filter(({ type }) => gmail.test(type))
}

/** What a policy is for: 'orgUnits/{id}', and 'groups/{id}' when it is for a group. */
export interface Place {
  readonly orgUnit: string | null
  readonly group: string | null
}

/** The policy of a type for a place. One that is not there is not made: nobody knows what else it would need. */
export async function policyAt(
  google: GoogleReader,
  type: string,
  place: Place,
  tried: string,
): Promise<Policy> {
  const found = (await gmailPolicies(google)).find(
    (policy) =>
      policy.type === type &&
      (policy.orgUnit ?? null) === place.orgUnit &&
      (policy.group ?? null) === place.group,
  )
  if (found !== undefined) return found
  throw new TenantError({
    tried,
    said: `its organizational unit or group has no policy of the type ${type} any more`,
    hint: 'Do it by hand in the Admin console, from the backup.',
  })
}
