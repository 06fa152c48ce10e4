import { permitsHost } from '../../adapters/dns/mta-sts/policy.ts'
import { strings, text } from '../footprint/properties.ts'
import { changeId, visible } from '../model/name.ts'
import type { Leftover, Unread } from '../model/plan.ts'
import type { MatchContext, SurveyRead } from '../model/platform.ts'
import type { TenantObject } from '../model/resource.ts'
import { isVendorsHost, mailTxtTraces, type VendorMail } from './mail-txt-traces.ts'
import { mailHosts, objectsOf } from './objects.ts'

/** What leftovers in DNS are looked for in, besides the MX: a plan is made without it too. */
export const mailRecordReads: readonly SurveyRead[] = (
  ['ses-txt', 'mail-txt', 'mta-sts-policy'] as const
).map((kind) => ({ system: 'dns', kind, required: false }))

const noneBesides: VendorMail = { hosts: [], txt: [] }

/**
 * What the DNS of the tenant's domains still holds of the vendor besides the MX: in SPF, DMARC, DKIM, TLS reports, the
 * MTA-STS policy and `_amazonses`. `vendor` is what the operator named as the vendor's, besides the footprint.
 */
export function mailRecordLeftovers(
  context: MatchContext,
  vendor: VendorMail = noneBesides,
): readonly Leftover[] {
  const traces = [
    ...objectsOf('mail-txt', context).flatMap((object) => mailTxtTraces(object, context, vendor)),
    ...objectsOf('mta-sts-policy', context).flatMap((object) => policyTraces(object, context, vendor)),
  ]
  const touched = new Set([
    ...traces.map(({ domain }) => domain),
    ...objectsOf('mx', context)
      .filter((object) => mailHosts(object).some((host) => isVendorsHost(host, context, vendor)))
      .map(({ name }) => name),
  ])
  const proofs = objectsOf('ses-txt', context).flatMap((object) => proofsOf(object, touched, vendor))
  return [...traces.map(({ leftover }) => leftover), ...proofs]
}

function policyTraces(object: TenantObject, context: MatchContext, vendor: VendorMail) {
  const mode = text(object, 'mode') ?? 'none'
  const named = strings(object, 'mx').filter((pattern) => {
    const host = pattern.replace(/^\*\./, '')
    return isVendorsHost(host, context, vendor) || vendor.hosts.some((one) => permitsHost([pattern], one))
  })
  if (named.length === 0 || mode === 'none') return []
  const leftover: Leftover = {
    id: changeId('mta-sts-policy', object.name),
    kind: 'mta-sts-policy',
    name: object.name,
    reason: `its MTA-STS policy (${mode}) permits ${named.join(', ')}`,
    harm: 'senders that go by it deliver to the hosts that it permits, and to no others where it is enforced',
    remedy: `https://mta-sts.${object.name}/.well-known/mta-sts.txt: name the hosts of the MX, take out the vendor's, and change the id in _mta-sts.${object.name}`,
  }
  return [{ domain: object.name, leftover }]
}

/** The name is shared by all that use Amazon SES: who put a value there, DNS does not tell. */
function proofsOf(
  object: TenantObject,
  touched: ReadonlySet<string>,
  { txt }: VendorMail,
): readonly Leftover[] {
  const values = strings(object, 'values')
  if (values.length === 0 || txt.length > 0 || !touched.has(object.name)) return []
  return [
    {
      id: changeId('ses-txt', object.name),
      kind: 'ses-txt',
      name: object.name,
      reason: `${text(object, 'name') ?? object.name} holds ${visible(values.join(', '))}: one of them may be the vendor's`,
      harm: 'the domain stays proven to an account at Amazon SES, which may send mail as it',
      remedy: 'ask the vendor which value is its own, and take that one out of the TXT record',
    },
  ]
}

/** What is asked for in DNS and was not answered, one line for each domain and kind: "not checked", never "none". */
export function uncheckedMailRecords(context: MatchContext): readonly Unread[] {
  const unanswered = [
    ...objectsOf('mail-txt', context).filter(({ properties }) => properties.state === 'unresolvable'),
    ...objectsOf('mta-sts-policy', context).filter(({ properties }) => properties.state === 'unreadable'),
  ]
  const lines = unanswered.map((object) => {
    const kind = object.properties.place === undefined ? 'mta-sts-policy' : 'mail-txt'
    const domain = text(object, 'domain') ?? object.name
    const [place, reason = 'it could not be read'] = [text(object, 'place'), text(object, 'reason')]
    return { kind, domain, place: place?.toUpperCase() ?? '', reason }
  })
  return [...Map.groupBy(lines, ({ kind, domain }) => `${kind} ${domain}`).values()].flatMap((those) => {
    const [first] = those
    if (first === undefined) return []
    const places = those.map(({ place }) => place).filter((place) => place !== '')
    const where = places.length === 0 ? first.domain : `${first.domain} (${places.join(', ')})`
    return { kind: first.kind, reason: `${where}: ${first.reason}`, required: false }
  })
}
