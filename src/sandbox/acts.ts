import { UsageError } from '../model/errors.ts'
import type { JsonObject } from '../model/json.ts'
import type { Act } from './acts/act.ts'
import { appActs } from './acts/apps.ts'
import { customerActs } from './acts/customer.ts'
import { dnsActs } from './acts/dns.ts'
import { genericActs } from './acts/generic.ts'
import { googleActs } from './acts/google.ts'
import { googleRuleActs } from './acts/google-rules.ts'
import { surroundingsActs } from './acts/surroundings.ts'
import { vendorActs } from './acts/vendor.ts'
import type { SandboxState } from './tenant/state.ts'

/** What a person does in a console, by name. */
export const acts = {
  ...vendorActs,
  ...customerActs,
  ...appActs,
  ...googleActs,
  ...googleRuleActs,
  ...surroundingsActs,
  ...dnsActs,
  ...genericActs,
}

/** Does it. Throws a UsageError when there is no such act, or the tenant has not what it needs. */
export function runAct(state: SandboxState, name: string, args: JsonObject): void {
  const known: Readonly<Record<string, Act>> = acts
  const act = Object.hasOwn(known, name) ? known[name] : undefined
  if (act === undefined)
    throw new UsageError({
      tried: `act "${name}" in the sandbox`,
      said: 'there is no such act',
      hint: `Known: ${Object.keys(known).join(', ')}.`,
    })
  act.run(state, args)
}
