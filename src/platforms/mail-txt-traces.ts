import { reportAddresses } from '../../adapters/dns/mail-txt/report-addresses.ts'
import { parseSpf, type SpfTerm } from '../../adapters/dns/mail-txt/spf.ts'
import { containsAddress } from '../footprint/address.ts'
import { allAddresses, isVendorHost } from '../footprint/footprint.ts'
import { strings, text } from '../footprint/properties.ts'
import { changeId, visible } from '../model/name.ts'
import type { Leftover } from '../model/plan.ts'
import type { MatchContext } from '../model/platform.ts'
import type { TenantObject } from '../model/resource.ts'

/** What the operator named as the vendor's, besides the footprint. */
export interface VendorMail {
  /** Hosts of its MX. */
  readonly hosts: readonly string[]
  /** Its values in `_amazonses`. */
  readonly txt: readonly string[]
}

/** A leftover, and whose domain it is. */
export interface MailTrace {
  readonly domain: string
  readonly leftover: Leftover
}

/** A place in which something of the vendor may stand: what harm it does, and how it is taken out. */
interface Place {
  readonly prefix: string
  readonly harm: string
  readonly remedy: string
  /** What of the vendor it holds. */
  look(object: TenantObject, context: MatchContext, vendor: VendorMail): readonly string[]
}

/** Whether a host is the vendor's, or the operator says so. */
export function isVendorsHost(host: string, { footprint }: MatchContext, vendor: VendorMail): boolean {
  const name = host.toLowerCase().replace(/\.$/, '')
  return isVendorHost(name, footprint) || vendor.hosts.some((one) => one.toLowerCase() === name)
}

function isVendorsTerm({ name, value, prefix }: SpfTerm, context: MatchContext, vendor: VendorMail): boolean {
  if (name !== 'ip4') return value !== '' && isVendorsHost(value, context, vendor)
  return allAddresses(context.footprint).some((address) => containsAddress(`${value}${prefix}`, address))
}

function spfTerms(object: TenantObject, context: MatchContext, vendor: VendorMail): readonly string[] {
  return strings(object, 'values')
    .flatMap((record) => parseSpf(record) ?? [])
    .filter((term) => isVendorsTerm(term, context, vendor))
    .map((term) => term.text)
}

function reports(object: TenantObject, context: MatchContext, vendor: VendorMail): readonly string[] {
  return strings(object, 'values')
    .flatMap(reportAddresses)
    .filter(({ host }) => isVendorsHost(host, context, vendor))
    .map(({ tag, uri }) => `${tag}=${uri}`)
}

/** Only selectors that are named as the vendor's are looked at. */
function keyHolder(object: TenantObject, context: MatchContext, vendor: VendorMail): readonly string[] {
  const target = text(object, 'target')
  if (target !== undefined) return isVendorsHost(target, context, vendor) ? [`an alias of ${target}`] : []
  return strings(object, 'values').length > 0 ? ['a key under a selector that may be its'] : []
}

const reporting = {
  harm: 'reports on your mail, with the addresses of those who send it, keep going to the vendor',
  remedy: "take the vendor's address out of the TXT record",
}

const places: Readonly<Record<string, Place>> = {
  spf: {
    prefix: 'spf',
    harm: "mail from the vendor's servers passes as yours, and cloud addresses are given to others in time",
    remedy: 'take these terms out of the TXT record, once no mail leaves through the vendor',
    look: spfTerms,
  },
  dmarc: { prefix: 'dmarc', ...reporting, look: reports },
  'tls-rpt': { prefix: 'tls-rpt', ...reporting, look: reports },
  dkim: {
    prefix: 'dkim',
    harm: 'who holds that key can sign mail as yours',
    remedy: 'delete the record, once no mail leaves through the vendor',
    look: keyHolder,
  },
}

/** What of the vendor stands in one of the texts about a domain's mail. Includes are not followed. */
export function mailTxtTraces(
  object: TenantObject,
  context: MatchContext,
  vendor: VendorMail,
): readonly MailTrace[] {
  const place = places[text(object, 'place') ?? '']
  const found = place?.look(object, context, vendor) ?? []
  if (place === undefined || found.length === 0) return []
  const domain = text(object, 'domain') ?? object.name
  const name = place.prefix === 'dkim' ? object.name : domain
  const reason = `${object.name} names the vendor: ${visible(found.join(', '))}`
  const { prefix, harm, remedy } = place
  return [{ domain, leftover: { id: changeId(prefix, name), kind: 'mail-txt', name, reason, harm, remedy } }]
}
