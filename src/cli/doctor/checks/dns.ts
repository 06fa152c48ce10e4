import { NotFoundError } from '../../../model/errors.ts'
import type { MxDecisions } from '../../../model/plan.ts'
import type { DnsConnection } from '../../connection/dns/dns.ts'
import { type DoctorCheck, missing, ok, unknown } from '../check.ts'
import { type Examination, inUse } from '../examination.ts'
import { mailChecks } from './mail.ts'

async function dnsOf(examination: Examination): Promise<DnsConnection> {
  return inUse((await examination.connection()).dns, 'DNS')
}

/** Credentials, programs and files of who holds the zones. Nobody is asked yet. */
function providerCheck({ provider: id }: MxDecisions): DoctorCheck {
  return {
    id: 'provider',
    title: 'DNS provider',
    required: true,
    needs: ['sandbox'],
    async look(examination) {
      const provider = await (await dnsOf(examination)).provider()
      await provider?.check?.()
      if (provider === undefined) return ok('none (--dns manual): a person types the records')
      return ok(examination.options.sandbox ? `${id}; no credential is needed in the sandbox` : id)
    },
  }
}

/** Whether one is there whose zone is found, and held by the provider. */
const domainsCheck: DoctorCheck = {
  id: 'tenant',
  title: 'Domains',
  required: true,
  needs: ['provider'],
  async look(examination) {
    const { domains } = await examination.identity()
    return ok(domains.map(({ name }) => name).join(', '))
  },
}

async function servedZone({ authority }: DnsConnection, domain: string, given: string | undefined) {
  const zone = await authority.zone(domain, given)
  const serials = await authority.serials(zone)
  const silent = serials.filter(({ state }) => state === 'unreadable')
  const known = new Set(serials.flatMap(({ serial }) => serial ?? []))
  return { zone, silent, known, servers: [...new Set(serials.map(({ name }) => name))] }
}

/** The zone is found as the world finds it; its servers answer and have one version of it. */
function zoneCheck(domain: string, { zone: given }: MxDecisions): DoctorCheck {
  return {
    id: `zone:${domain}`,
    title: `Zone of ${domain}`,
    required: true,
    needs: ['sandbox', 'provider'],
    async look(examination) {
      const { zone, silent, known, servers } = await servedZone(await dnsOf(examination), domain, given)
      const at = `${zone.name} at ${servers.join(', ')}`
      if (silent.length > 0)
        return unknown(
          `${at}; not answered: ${silent.map(({ name, address, reason }) => `${name} (${address}): ${reason ?? 'nothing'}`).join('; ')}`,
          'Authoritative servers are asked on port 53, UDP and TCP. A run waits until all of them have a change.',
        )
      if (known.size > 1)
        return unknown(
          `${at}; they have different versions: ${[...known].join(', ')}`,
          'Wait until its secondaries have followed, and run doctor again.',
        )
      return ok(`${at}; all have serial ${[...known].join(', ')}`)
    },
  }
}

/** The MX of a domain, and what speaks against believing it. */
async function mxOf(examination: Examination, domain: string) {
  const dns = await (await dnsOf(examination)).open()
  const objects = await examination.listed('mx-set')
  const mx = inUse(
    objects.find(({ name }) => name === domain),
    `DNS for the MX of ${domain}`,
  )
  const { values, ttl } = mx.properties
  const records = Array.isArray(values) && values.length > 0 ? values.join(', ') : 'none'
  return {
    said: `MX ${records}, TTL ${String(ttl)} s`,
    unsettled: dns.resources.get('mx-set')?.unsettled?.(mx),
  }
}

/** The provider's copy is the zone in use, and has the records that the servers have. */
function recordsCheck(domain: string, { provider: id }: MxDecisions): DoctorCheck {
  const isManual = id === 'manual'
  return {
    id: `records:${domain}`,
    title: isManual ? `Records of ${domain}` : `${domain} at ${id}`,
    required: true,
    needs: [`zone:${domain}`],
    async look(examination) {
      try {
        await (await dnsOf(examination)).compare(domain)
      } catch (error) {
        if (error instanceof NotFoundError)
          return missing(error.message, error.hint ?? 'Name the provider that holds the zone with --dns.')
        throw error
      }
      const { said, unsettled } = await mxOf(examination, domain)
      if (unsettled !== undefined) return unknown(`${said}; ${unsettled}`, 'Run doctor again later.')
      return ok(isManual ? said : `${said}; whether it may be written, only a write shows`)
    },
  }
}

/** Zones, who holds them, and the mail servers that they name. */
export function dnsChecks({ mx }: Examination): readonly DoctorCheck[] {
  if (mx === undefined) return []
  return [
    providerCheck(mx),
    domainsCheck,
    ...mx.domains.flatMap((domain) => [zoneCheck(domain, mx), recordsCheck(domain, mx)]),
    ...mailChecks(mx),
  ]
}
