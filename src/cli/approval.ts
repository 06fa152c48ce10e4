import { InterruptedError, RefusedError } from '../model/errors.ts'
import { sameName, visible } from '../model/name.ts'
import type { Approval, ApprovedPlan, Plan } from '../model/plan.ts'
import { approve, assertSamePlan } from '../plan/guard.ts'
import type { Context } from './command.ts'
import type { Options } from './parse.ts'
import { whoAmI } from './who.ts'

/** Asks a person to type the tenant's name. Throws when they do not. */
async function askForName(plan: Plan, context: Context): Promise<void> {
  const { text, isCancel } = await import('@clack/prompts')
  const answer = await text({
    message: `Type ${visible(plan.tenant.name)} to carry out this plan`,
    placeholder: 'anything else leaves the tenant as it is',
    signal: context.stopping,
  })
  if (isCancel(answer))
    throw new InterruptedError({ tried: 'ask for approval', said: 'cancelled; nothing was changed' })
  if (sameName(String(answer), plan.tenant.name)) return
  throw new RefusedError({
    tried: 'ask for approval',
    said: 'the name is another one',
    hint: 'Nothing was changed.',
  })
}

function refuseSilence(): never {
  throw new RefusedError({
    tried: 'carry out the plan',
    said: 'nobody approved it',
    hint: 'Without a terminal, approve with --plan FILE, --plan-hash HASH or --yes.',
  })
}

export interface ApprovalInput {
  readonly plan: Plan
  /** The plan that was approved before, as far as it is known here. */
  readonly approvedPlan: Plan | undefined
  readonly options: Pick<Options, 'plan' | 'planHash' | 'yes' | 'json'>
  readonly now: () => Date
  readonly context: Context
  /** Makes the plan anew, for when a person took time to read it. */
  again(): Promise<Plan>
}

/** How the plan is approved: by a file, by its hash, by --yes, or by a person who types the tenant's name. */
export async function askApproval(input: ApprovalInput): Promise<ApprovedPlan> {
  const { plan, approvedPlan, options, now, context } = input
  const grant = (how: Approval['how'], hash: string): Approval => ({
    hash,
    how,
    who: whoAmI(),
    at: now().toISOString(),
  })
  const hash = approvedPlan?.hash ?? options.planHash
  if (hash !== undefined) {
    assertSamePlan(hash, plan, approvedPlan)
    return approve(plan, grant(options.plan === undefined ? 'plan-hash' : 'plan-file', hash))
  }
  if (options.yes) return approve(plan, grant('yes', plan.hash))
  const pending = approve(plan, grant('typed', plan.hash))
  if (!context.isTerminal || options.json) refuseSilence()
  await askForName(plan, context)
  const current = await input.again()
  assertSamePlan(plan.hash, current, plan)
  return approve(current, pending.approval)
}
