import { txtText } from '../../../adapters/dns/presentation.ts'
import { visible } from '../../model/name.ts'
import type { EditStep, GuidedStep, Proposal } from '../../model/platform.ts'
import type { StepGuard } from '../../model/step-guard.ts'
import { toCopy } from '../../model/to-copy.ts'
import { hostOf, sesName } from './ids.ts'
import { type MailDomain, mailDomains } from './mail-domain.ts'
import { dnsLink, isManual, zonePermissions } from './manual.ts'
import { txtProof } from './proofs.ts'
import { recordSetIn, recordSetOf, valuesAnywhere } from './record-set.ts'
import { routesThere } from './routes.ts'
import { zoneFileLine } from './typed-records.ts'
import { leadsToVendor } from './vendor-values.ts'

const id = 'txt'
const title = 'Take the vendor’s value out of the TXT record'

function proposals({ txt, txtValues, domain }: MailDomain, byHand: boolean): readonly Proposal[] {
  return txtValues.map(({ value, id: change, verdict }) => ({
    id: change,
    kind: 'txt-set',
    name: visible(txtText(value)),
    detail: byHand ? `delete ${zoneFileLine(txt, 'TXT', value)}` : `of ${sesName(domain)}`,
    object: txt.object,
    edit: { kind: 'remove-entry', property: 'values', entry: value },
    restsOn: 'edit',
    verdict,
    lane: domain,
    byHand,
  }))
}

/** Amazon stops taking mail for a domain that is not proven to it any more. */
const noMailGoesThere: StepGuard = {
  kinds: ['txt-set', 'mx-set'],
  check(objects, changes, judging) {
    const guids = new Set(changes.map(({ object }) => object.guid))
    const domains = objects('txt-set')
      .filter(({ guid }) => guids.has(guid))
      .flatMap((object) => recordSetOf(object)?.domain ?? [])
    return domains.flatMap((domain) => {
      const set = recordSetIn(objects('mx-set'), domain)
      if (set?.state !== 'answered') return [`the MX of ${domain} could not be read`]
      return valuesAnywhere(set)
        .filter((value) => leadsToVendor(domain, hostOf(value), judging))
        .map((value) => `the MX ${value} of ${domain} still leads to the vendor`)
    })
  },
}

/** The name is shared by all that use Amazon SES, so that other values stay. */
export const txt: EditStep = {
  id,
  title,
  kind: 'edit',
  system: 'dns',
  kinds: ['txt-set'],
  after: ['ttl'],
  guard: noMailGoesThere,
  permissions: zonePermissions,
  propose: (context) =>
    mailDomains(context).read.flatMap((found) => proposals(found, isManual(context.decisions))),
}

/** The same by a person, and its proof: no authoritative server has it. */
export const txtByHand: GuidedStep = {
  id,
  title,
  kind: 'guided',
  optional: false,
  provable: true,
  after: ['ttl'],
  link: dnsLink,
  isPlanned: (_changes, _decisions, objects) => objects.length > 0,
  instructions: (context) => [
    'Open the DNS of the domain where it is hosted, and delete these values alone. Leave other values of the same name.',
    ...mailDomains(context).read.flatMap(({ txt: set, txtValues }) =>
      txtValues.filter(({ goes }) => goes).map(({ value }) => toCopy(zoneFileLine(set, 'TXT', value))),
    ),
  ],
  lock: (context) => ({ reasons: routesThere(context) }),
  check: txtProof,
}
