import type { Change } from '../../model/plan.ts'
import type { DecidedContext, EditStep, GuidedStep, Proposal } from '../../model/platform.ts'
import type { StepGuard } from '../../model/step-guard.ts'
import { toCopy } from '../../model/to-copy.ts'
import { objectsOf } from '../objects.ts'
import { isExcluded, mxId } from './ids.ts'
import { hasWork, type MailDomain, mailDomains } from './mail-domain.ts'
import { dnsLink, isManual, zonePermissions } from './manual.ts'
import { vendorMxProof } from './proofs.ts'
import { previousOf, reasonsToKeepMx } from './readiness.ts'
import { recordSetOf } from './record-set.ts'
import { zoneFileLine } from './typed-records.ts'

const id = 'vendor-mx'
const title = 'Take the vendor’s MX out'

function proposals({ domain, mx, mxValues }: MailDomain, byHand: boolean): readonly Proposal[] {
  return mxValues.map(({ value, id: change, verdict }) => ({
    id: change,
    kind: 'mx-set',
    name: value,
    detail: byHand ? `delete ${zoneFileLine(mx, 'MX', value)}` : `of ${domain}`,
    object: mx.object,
    edit: { kind: 'remove-entry', property: 'values', entry: value },
    restsOn: 'object',
    verdict,
    lane: domain,
    byHand,
  }))
}

function going(changes: readonly Change[], guid: string): readonly string[] {
  const own = changes.filter(({ object }) => object.guid === guid)
  return own.flatMap(({ edit }) => (edit?.kind === 'remove-entry' ? edit.entry : []))
}

/** Mail must have its other way, everywhere, and that way must be open. */
const mailHasAnotherWay: StepGuard = {
  kinds: ['mx-set', 'smtp'],
  check(objects, changes, judging) {
    const guids = new Set(changes.map(({ object }) => object.guid))
    return [...guids].flatMap((guid) => {
      const object = objects('mx-set').find((one) => one.guid === guid)
      const set = object && recordSetOf(object)
      if (set === undefined) return ['the MX of the domain could not be read']
      const isKept = (value: string) => isExcluded(judging.decisions, mxId(set.domain, value), 'previous-mx')
      const loss = {
        set,
        going: going(changes, guid),
        previous: previousOf(set.domain, judging, isKept),
      }
      return reasonsToKeepMx(loss, objects('smtp'), judging)
    })
  },
}

export const vendorMx: EditStep = {
  id,
  title,
  kind: 'edit',
  system: 'dns',
  kinds: ['mx-set'],
  after: ['previous-mx'],
  guard: mailHasAnotherWay,
  permissions: zonePermissions,
  propose: (context) =>
    mailDomains(context).read.flatMap((found) => proposals(found, isManual(context.decisions))),
}

function goingByHand(context: DecidedContext): readonly MailDomain[] {
  return mailDomains(context).read.filter(({ mxValues }) => mxValues.some(({ goes }) => goes))
}

/** The same by a person, and its proof: no authoritative server has it. */
export const vendorMxByHand: GuidedStep = {
  id,
  title,
  kind: 'guided',
  optional: false,
  provable: true,
  after: ['previous-mx'],
  link: dnsLink,
  isPlanned: (_changes, _decisions, objects) => objects.length > 0,
  instructions: (context) => [
    'Open the DNS of the domain where it is hosted, and delete these MX records. Leave the others as they are.',
    ...goingByHand(context).flatMap(({ mx, mxValues }) =>
      mxValues.filter(({ goes }) => goes).map(({ value }) => toCopy(zoneFileLine(mx, 'MX', value))),
    ),
  ],
  lock: (context) => ({
    reasons: goingByHand(context)
      .filter(hasWork)
      .flatMap(({ mx, mxValues, previous }) =>
        reasonsToKeepMx(
          { set: mx, going: mxValues.filter(({ goes }) => goes).map(({ value }) => value), previous },
          objectsOf('smtp', context),
          context,
        ),
      ),
  }),
  check: vendorMxProof,
}
