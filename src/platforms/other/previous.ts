import { toDnsName } from '../../../adapters/dns/domain-name.ts'
import { parseMx, toMxValue } from '../../../adapters/dns/presentation.ts'
import { matchMx } from '../../footprint/match/mx.ts'
import { UsageError } from '../../model/errors.ts'
import type { Footprint } from '../../model/footprint.ts'
import { fold } from '../../model/name.ts'
import type { MxDecisions } from '../../model/plan.ts'

/** The MX of services that are known by name, for a domain in punycode. */
const services: ReadonlyMap<string, (domain: string) => string> = new Map<string, (domain: string) => string>(
  [
    // https://learn.microsoft.com/microsoft-365/enterprise/external-domain-name-system-records
    ['microsoft365', (domain) => `0 ${domain.replaceAll('.', '-')}.mail.protection.outlook.com`],
    // https://support.google.com/a/answer/174125
    ['google', () => '1 smtp.google.com'],
  ],
)

function refuse(given: string, said: string, hint: string): never {
  throw new UsageError({ tried: `read --previous-mx ${JSON.stringify(given)}`, said, hint })
}

const form = 'Write it as "10 mail.example.com", or name a service: microsoft365, google.'

function mxValueOf(given: string, domain: string): string {
  const service = services.get(fold(given))
  try {
    const { preference, host } = parseMx(service?.(toDnsName(domain) ?? domain) ?? given)
    return toMxValue(preference, host)
  } catch (error) {
    if (error instanceof UsageError) refuse(given, error.said ?? error.message, form)
    throw error
  }
}

function checkValue(given: string, value: string, mx: MxDecisions, footprint: Footprint): void {
  const { host } = parseMx(value)
  if (host === '')
    refuse(
      given,
      'it is a null MX, which means that the domain takes no mail',
      'Name a host that takes mail.',
    )
  if (matchMx(host, footprint, mx.vendorHosts).is === 'vendor')
    refuse(given, "it is the vendor's own", 'Name the host that took the mail before the vendor did.')
}

/**
 * The MX values to go back to for one domain, in the order in which they were given. Throws a UsageError that names
 * the one that is none, is the vendor's own, or takes no mail.
 */
export function previousValues(domain: string, mx: MxDecisions, footprint: Footprint): readonly string[] {
  const values = mx.previous.map((given) => {
    const value = mxValueOf(given, domain)
    checkValue(given, value, mx, footprint)
    return value
  })
  const hosts = values.map((value) => parseMx(value).host)
  const twice = hosts.findIndex((host, index) => hosts.indexOf(host) < index)
  if (twice >= 0) refuse(mx.previous[twice] ?? '', 'its host is named twice', 'Name each host once.')
  return values
}

/** Hosts that must answer SMTP before the vendor's MX goes. Throws as `previousValues`. */
export function previousHosts(mx: MxDecisions, footprint: Footprint): readonly string[] {
  const values = mx.domains.flatMap((domain) => previousValues(domain, mx, footprint))
  return [...new Set(values.map((value) => parseMx(value).host))]
}
