import type { EditStep, GuidedStep, Proposal } from '../../model/platform.ts'
import { hostOf } from './ids.ts'
import { type MailDomain, mailDomains } from './mail-domain.ts'
import { dnsLink, isManual, zonePermissions } from './manual.ts'
import { previousProof } from './proofs.ts'
import { linesToType, recordToType } from './typed-records.ts'

const id = 'previous-mx'
const title = 'Put the previous MX back'

function proposals(found: MailDomain, byHand: boolean): readonly Proposal[] {
  const { domain, mx, missing } = found
  return missing.map(({ value, id: change }) => {
    const elsewhere = mx.values.find((other) => hostOf(other) === hostOf(value))
    const beside = elsewhere === undefined ? '' : `, beside ${elsewhere}, which stays`
    return {
      id: change,
      kind: 'mx-set',
      name: value,
      detail: byHand ? `add ${recordToType(mx, 'MX', value)}${beside}` : `of ${domain}${beside}`,
      object: mx.object,
      edit: { kind: 'add-entry', property: 'values', entry: value },
      // A set that is not there yet has no time to live: it cannot be compared whole.
      restsOn: mx.values.length === 0 ? 'edit' : 'object',
      verdict: { is: 'vendor', reason: 'the MX to go back to' },
      lane: domain,
      byHand,
    }
  })
}

/** Before the vendor's MX goes, mail must have another way. */
export const previousMx: EditStep = {
  id,
  title,
  kind: 'edit',
  system: 'dns',
  kinds: ['mx-set'],
  after: [],
  permissions: zonePermissions,
  propose: (context) =>
    mailDomains(context).read.flatMap((found) => proposals(found, isManual(context.decisions))),
}

/** The same by a person, and its proof: every authoritative server has it. */
export const previousMxByHand: GuidedStep = {
  id,
  title,
  kind: 'guided',
  optional: false,
  provable: true,
  after: [],
  link: dnsLink,
  isPlanned: (_changes, _decisions, objects) => objects.length > 0,
  instructions: (context) => [
    'Open the DNS of the domain where it is hosted, and add these records. Leave those that are there as they are.',
    ...mailDomains(context).read.flatMap((found) =>
      found.missing
        .filter(({ value }) => found.previous.includes(value))
        .flatMap(({ value }) => linesToType(found.mx, 'MX', value)),
    ),
  ],
  lock: () => ({ reasons: [] }),
  check: previousProof,
}
