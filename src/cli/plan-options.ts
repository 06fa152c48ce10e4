import { buildFootprint, type FootprintAdditions } from '../footprint/footprint.ts'
import { UsageError } from '../model/errors.ts'
import { fold } from '../model/name.ts'
import type { Plan } from '../model/plan.ts'
import { footprintMark } from '../plan/build.ts'
import { identityOf } from '../run/identity.ts'
import type { Readers } from '../run/survey.ts'
import type { Options } from './parse.ts'

/** What a plan file decides, and how an option that is given besides is compared with it. */
const decidedByPlan: readonly (readonly [
  string,
  (options: Options) => unknown,
  (plan: Plan, options: Options) => unknown,
])[] = [
  ['--platform', ({ platform }) => platform, ({ platform }) => platform],
  ['--region', ({ region }) => region?.toSorted().join(), ({ regions }) => regions.toSorted().join()],
  ['--include', ({ include }) => listed(include), ({ decisions }) => listed(decisions.include)],
  ['--exclude', ({ exclude }) => listed(exclude), ({ decisions }) => listed(decisions.exclude)],
  ['--allow', ({ allow }) => listed(allow), ({ decisions }) => listed(decisions.allow)],
  ['--revoke-grants', ({ revokeGrants }) => set(revokeGrants), ({ decisions }) => decisions.revokeGrants],
  ['--delete-app', ({ deleteApp }) => set(deleteApp), ({ decisions }) => decisions.deleteApp],
  [
    '--google-policy-writes',
    ({ googlePolicyWrites }) => set(googlePolicyWrites),
    ({ decisions }) => decisions.googlePolicyWrites,
  ],
  ['--domain', ({ domain }) => listed(domain), ({ decisions }) => listed(decisions.mx?.domains ?? [])],
  [
    '--previous-mx',
    ({ previousMx }) => listed(previousMx),
    ({ decisions }) => listed(decisions.mx?.previous ?? []),
  ],
  [
    '--vendor-mx',
    ({ vendorMx }) => listed(vendorMx),
    // A plan that decides nothing about MX has it in its footprint.
    ({ decisions: { mx } }, { vendorMx }) => listed(mx?.vendorHosts ?? vendorMx),
  ],
  [
    '--vendor-txt',
    ({ vendorTxt }) => exactly(vendorTxt),
    ({ decisions }) => exactly(decisions.mx?.vendorTxt ?? []),
  ],
  ['--dns', ({ dns }) => dns, ({ decisions }) => decisions.mx?.provider],
  ['--zone', ({ zone }) => zone, ({ decisions }) => decisions.mx?.zone],
  ['--effect-wait', ({ effectWait }) => effectWait, ({ decisions }) => decisions.effectWaitMs],
  ['--drain', ({ drain }) => drain, ({ decisions }) => decisions.drainMs],
  ['--drain-max', ({ drainMax }) => drainMax, ({ decisions }) => decisions.drainMaxMs],
]

function listed(ids: readonly string[]): string | undefined {
  return ids.length === 0 ? undefined : ids.map(fold).toSorted().join('\n')
}

/** Values in which case counts. */
function exactly(values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : values.toSorted().join('\n')
}

/** A switch that is not given says nothing. */
function set(given: boolean): true | undefined {
  return given || undefined
}

/** Throws a UsageError when an option is given beside a plan file that decides it otherwise. */
export function refuseDifferent(options: Options, plan: Plan, file: string): void {
  for (const [option, given, planned] of decidedByPlan) {
    const value = given(options)
    if (value === undefined || value === planned(plan, options)) continue
    throw new UsageError({
      tried: `read ${file}`,
      said: `the plan was made with another ${option}`,
      hint: `Leave ${option} out, or make a new plan with it.`,
    })
  }
}

function versionOf(mark: string): string | undefined {
  return mark.split('/')[0]
}

/**
 * Throws a UsageError when a plan was made with other additions to the footprint than are given: it does not hold them
 * itself. What an other version of this program knows besides is left to the comparison of the plans.
 */
export function refuseOtherFootprint(additions: FootprintAdditions, plan: Plan, file: string): void {
  const mark = footprintMark(buildFootprint(plan.regions, additions))
  if (mark === plan.footprint || versionOf(mark) !== versionOf(plan.footprint)) return
  throw new UsageError({
    tried: `read ${file}`,
    said: 'the plan was made with another --footprint, --remediation-app, --delegation-client or --vendor-mx',
    hint: 'Give them as they were given for the plan, or make a new plan.',
  })
}

/** Whether `--tenant` names the tenant of the plan. A domain of its own is only known when the tenant is asked. */
async function isSameTenant(asked: string, { tenant }: Plan, readers: Readers): Promise<boolean> {
  if (fold(asked) === fold(tenant.guid) || fold(asked) === fold(tenant.name)) return true
  if (!asked.includes('.')) return false
  const { domains } = await identityOf(readers)
  return domains.some((domain) => fold(domain.name) === fold(asked))
}

/** Throws a UsageError when `--tenant` is given beside a plan file and is another tenant. */
export async function refuseOtherTenant(options: Options, plan: Plan, readers: Readers): Promise<void> {
  const { tenant } = options
  if (tenant === undefined || (await isSameTenant(tenant, plan, readers))) return
  throw new UsageError({
    tried: `carry out the plan for ${plan.tenant.name} (${plan.tenant.guid})`,
    said: `--tenant names another one: ${tenant}`,
    hint: 'Leave --tenant out, or make a new plan for that tenant.',
  })
}
