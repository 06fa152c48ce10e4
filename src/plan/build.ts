import type { Footprint } from '../model/footprint.ts'
import type { Blocker, Decisions, Finding, Order, Plan, PlannedWait, Unread } from '../model/plan.ts'
import type { GuidedStep, MatchContext, Platform, Step, WaitStep } from '../model/platform.ts'
import type { Survey } from '../model/survey.ts'
import type { RegionId } from '../model/words.ts'
import { type Candidate, gatherCandidates } from './candidates.ts'
import { digest } from './canonical.ts'
import { type Decided, decide } from './decide.ts'
import type { Describe } from './describe.ts'
import { planHash } from './hash.ts'
import { matchingIds } from './identify.ts'
import { select, unmatched } from './selection.ts'

export interface PlanInput {
  readonly platform: Platform
  readonly survey: Survey
  readonly footprint: Footprint
  readonly regions: readonly RegionId[]
  readonly decisions: Decisions
  /** How objects of a kind are normalised and made again. */
  readonly describe: Describe
  /** Kinds whose order matters and is saved. */
  readonly ordered: readonly string[]
  /** Version of this program. */
  readonly tool: string
}

function unreadKinds({ platform, survey, footprint }: PlanInput): readonly Unread[] {
  return platform.reads.flatMap(({ kind, required }) => {
    const read = survey.objects.get(kind)
    if (read?.ok === true) return []
    const isRequired = typeof required === 'boolean' ? required : required(footprint)
    return [{ kind, required: isRequired, reason: read?.reason ?? 'it was not asked for' }]
  })
}

function waivers(found: readonly Omit<Blocker, 'waived'>[], allow: readonly string[]): readonly Blocker[] {
  const ids = found.map((blocker) => blocker.id)
  const allowed = new Set(allow.flatMap((text) => matchingIds(text, ids)))
  return found.map((blocker) => ({ ...blocker, waived: blocker.waivable && allowed.has(blocker.id) }))
}

function orders({ survey, ordered }: PlanInput): Order {
  return Object.fromEntries(
    ordered.map((kind) => {
      const read = survey.objects.get(kind)
      return [kind, read?.ok === true ? read.value.map(({ guid, name }) => ({ guid, name })) : []]
    }),
  )
}

/** The footprint as it counts for the hash: version and the operator's additions. */
export function footprintMark(footprint: Footprint): string {
  const { rules, connectors, hosts, addresses, apps, clients } = footprint
  const data = {
    rules,
    connectors,
    hosts,
    addresses: [...addresses].sort(),
    apps: [...apps].sort(),
    ...(clients.length === 0 ? {} : { clients: [...clients].sort() }),
  }
  return `${footprint.version}/${digest(JSON.parse(JSON.stringify(data))).slice(0, 12)}`
}

function plannedWaits(
  steps: readonly Step[],
  { changes, byHand }: Decided,
  decisions: Decisions,
  context: MatchContext,
): readonly PlannedWait[] {
  return steps
    .filter((step): step is WaitStep => step.kind === 'wait')
    .flatMap((step) => step.plan(changes, decisions, { ...context, byHand }) ?? [])
}

/** An automatic step and the guided one of the same heading are one. */
function headings(steps: readonly Step[]): Plan['steps'] {
  return [...new Map(steps.map(({ id, title }) => [id, { id, title }])).values()]
}

function findingsOf(id: string, byHand: Decided['byHand']): readonly Finding[] {
  return byHand.filter(({ step }) => step === id).map(({ step: _step, ...finding }) => finding)
}

function plannedGuides(
  steps: readonly Step[],
  { changes, byHand }: Decided,
  decisions: Decisions,
): Plan['guided'] {
  return steps
    .filter((step): step is GuidedStep => step.kind === 'guided')
    .map((step) => ({ step, objects: findingsOf(step.id, byHand) }))
    .filter(({ step, objects }) => step.isPlanned?.(changes, decisions, objects) ?? true)
    .map(({ step: { id, title, optional, link }, objects }) => {
      return { id, title, optional, link, ...(objects.length === 0 ? {} : { objects }) }
    })
}

/** Survey and footprint made into a plan. Pure: the same input gives the same plan. */
export function buildPlan(input: PlanInput): Plan {
  const { platform, survey, footprint, decisions, describe } = input
  const context = { footprint, survey }
  const candidates: readonly Candidate[] = gatherCandidates(platform, context, decisions, describe)
  const selection = select(decisions, candidates)
  const decided = decide(candidates, selection, describe)
  const decidedContext = { ...context, decisions }
  const blockers = waivers(platform.blockers(decidedContext, decided.changes), decisions.allow)
  const recordSets = platform.recordSets?.(decidedContext, decided.changes) ?? []
  const plan = {
    format: 'offboard.plan/1',
    tool: input.tool,
    createdAt: survey.takenAt,
    purpose: 'offboard',
    tenant: { guid: survey.tenant.id, name: survey.tenant.name },
    platform: platform.id,
    regions: input.regions,
    footprint: footprintMark(footprint),
    decisions,
    steps: headings(platform.steps),
    changes: decided.changes,
    waits: plannedWaits(platform.steps, decided, decisions, context),
    guided: plannedGuides(platform.steps, decided, decisions),
    kept: decided.kept,
    lookalikes: decided.lookalikes,
    leftovers: platform.leftovers(decidedContext),
    blockers,
    unread: [...unreadKinds(input), ...(platform.unchecked?.(decidedContext) ?? [])],
    facts: platform.facts(context, decided.changes),
    ...(recordSets.length === 0 ? {} : { recordSets }),
    order: orders(input),
    unmatched: unmatched(
      decisions,
      candidates,
      blockers.map((blocker) => blocker.id),
    ),
  } satisfies Omit<Plan, 'hash'>
  return { ...plan, hash: planHash(plan) }
}
