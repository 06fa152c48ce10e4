import type { Blocker, Plan } from '../model/plan.ts'
import type { PlatformId } from '../model/words.ts'
import { folded, leftoversSection, named, undecidedSection, unreadSection } from './findings.ts'
import { type Look, layOut, line, type Paragraph, type Section } from './layout.ts'
import { guideDetails, guideName, guidesByPlace, plannedSteps, stepSections } from './plan-steps.ts'
import { quote } from './quote.ts'
import { dnsHeader, recordSetsSection } from './record-sets.ts'
import { moment } from './time.ts'
import { count } from './words.ts'

/** What a procedure leaves to its reader, by platform. */
const notDone: Partial<Record<PlatformId, readonly string[]>> = {
  'm365-inline': [
    'Leaving with only some of the domains is not done: edit the condition of the redirect rule by hand instead.',
  ],
}

/** 'Plan to take contoso.onmicrosoft.com off the vendor', with what it is for. */
function header(plan: Plan): Section {
  const title =
    plan.purpose === 'restore'
      ? `Plan to put back in ${plan.tenant.name} what run ${plan.restores ?? ''} changed`
      : `Plan to take ${plan.tenant.name} off the vendor`
  const regions = plan.regions.map((region) => region.toUpperCase()).join(', ')
  return [
    line(0, title, 'bold'),
    line(2, `tenant    ${plan.tenant.name} (${plan.tenant.guid})`),
    line(2, `platform  ${plan.platform}, ${plan.regions.length > 1 ? 'regions' : 'region'} ${regions}`),
    ...dnsHeader(plan),
    line(2, `made      ${moment(plan.createdAt)}`),
  ]
}

function blockerLines(blocker: Blocker): readonly Paragraph[] {
  const waiver: Paragraph = blocker.waivable
    ? {
        indent: 4,
        spans: [{ text: 'if it is meant so  ' }, { text: `--allow ${quote(blocker.id)}`, style: 'cyan' }],
        whole: true,
      }
    : line(4, 'This cannot be waived.')
  return [named(blocker, { text: '!', style: 'red' }, ` (${blocker.id})`), line(4, blocker.reason), waiver]
}

/** Reasons not to run, before all else. */
function blockersSection({ blockers }: Plan, look: Look): Section {
  const open = blockers.filter(({ waived }) => !waived)
  if (open.length === 0) return []
  return [
    line(0, `Blockers: ${count(open.length, 'reason')} not to run`, 'red'),
    ...folded(open, look, blockerLines),
  ]
}

function waivedSection({ blockers }: Plan, look: Look): Section {
  const waived = blockers.filter((blocker) => blocker.waived)
  if (waived.length === 0) return []
  return [
    line(0, 'Waived by you', 'bold'),
    ...folded(waived, look, (blocker) => [
      named(blocker, { text: '!', style: 'yellow' }, `: ${blocker.reason}`),
    ]),
  ]
}

function guidedSection(plan: Plan): Section {
  const { afterwards } = guidesByPlace(plan)
  if (afterwards.length === 0) return []
  return [
    line(0, 'By hand, afterwards: the run says what to click', 'bold'),
    ...afterwards.flatMap((guide): readonly Paragraph[] => [
      { indent: 2, marker: { text: '>', style: 'cyan' }, spans: guideName(guide) },
      ...guideDetails(guide, 4),
    ]),
  ]
}

function keptSection(plan: Plan, look: Look): Section {
  const excluded = plan.lookalikes.filter(({ decision }) => decision === 'exclude')
  const kept = [...plan.kept, ...excluded]
  if (kept.length === 0) return []
  return [
    line(0, plan.purpose === 'restore' ? 'Not put back' : 'Kept: excluded by you', 'bold'),
    ...folded(kept, look, (found) => [named(found, { text: '=', style: 'dim' }, `: ${found.reason}`)]),
  ]
}

function unmatchedSection({ unmatched }: Plan): Section {
  return unmatched.map((id) => ({
    indent: 0,
    marker: { text: 'Warning:', style: 'yellow' },
    spans: [{ text: `${quote(id)} matches nothing here` }],
  }))
}

/** '12 changes in 4 steps, 2 lookalikes kept, 3 leftovers' */
export function totals(plan: Plan): string {
  const steps = plannedSteps(plan).filter(({ changes }) => changes.length > 0).length
  const open = plan.lookalikes.filter(({ decision }) => decision === 'undecided').length
  const excluded = plan.kept.length + plan.lookalikes.length - open
  const blockers = plan.blockers.filter(({ waived }) => !waived).length
  const byHand = plan.guided.filter(({ optional }) => !optional).length
  const parts = [
    plan.changes.length === 0
      ? 'nothing to change'
      : `${count(plan.changes.length, 'change')} in ${count(steps, 'step')}`,
    byHand === 0 ? undefined : `${count(byHand, 'step')} by hand`,
    open === 0 ? undefined : `${count(open, 'lookalike')} kept`,
    excluded === 0 ? undefined : `${excluded} ${plan.purpose === 'restore' ? 'not put back' : 'excluded'}`,
    plan.leftovers.length === 0 ? undefined : count(plan.leftovers.length, 'leftover'),
    blockers === 0 ? undefined : count(blockers, 'blocker'),
    plan.unread.length === 0 ? undefined : `${plan.unread.length} not checked`,
  ]
  return parts.filter((part) => part !== undefined).join(', ')
}

const noApp =
  'The remediation app: none was named (--remediation-app APPID), and none with a name of the vendor was found in Microsoft Entra.'

/** An app under another name is found by its application id alone. */
function isWithoutApp({ steps, changes, lookalikes, kept, unread }: Plan): boolean {
  const step = 'remediation-app'
  if (!steps.some(({ id }) => id === step)) return false
  if (unread.some(({ kind }) => kind === 'service-principal')) return false
  return ![...changes, ...lookalikes, ...kept].some((found) => found.step === step)
}

function notDoneSection(plan: Plan): Section {
  if (plan.purpose !== 'offboard') return []
  const texts = [...(isWithoutApp(plan) ? [noApp] : []), ...(notDone[plan.platform] ?? [])]
  if (texts.length === 0) return []
  return [
    line(0, 'Not done by this program', 'bold'),
    ...texts.map((text) => ({ indent: 2, marker: { text: '*' }, spans: [{ text }] })),
  ]
}

function footer(plan: Plan): Section {
  const text = totals(plan)
  return [
    line(0, `${text.charAt(0).toUpperCase()}${text.slice(1)}.`, 'bold'),
    line(0, `Plan ${plan.hash.slice(0, 12)}, in full:`),
    { indent: 0, spans: [{ text: plan.hash }], whole: true },
  ]
}

/** A plan for people: what holds it up, what will be done in order, and what is kept, left and not checked. */
export function planText(plan: Plan, look: Look): string {
  return layOut(
    [
      header(plan),
      blockersSection(plan, look),
      unreadSection(plan.unread.filter(({ required }) => required)),
      recordSetsSection(plan),
      ...stepSections(plan, look),
      guidedSection(plan),
      undecidedSection(plan.lookalikes, look),
      keptSection(plan, look),
      leftoversSection(plan.leftovers, look),
      waivedSection(plan, look),
      unreadSection(plan.unread.filter(({ required }) => !required)),
      notDoneSection(plan),
      unmatchedSection(plan),
      footer(plan),
    ],
    look,
  )
}

/** Of a plan only what needs a person. */
export function urgentPlanText(plan: Plan, look: Look): string {
  const needed = plan.unread.filter(({ required }) => required)
  return layOut(
    [blockersSection(plan, look), undecidedSection(plan.lookalikes, look), unreadSection(needed)],
    look,
  )
}
