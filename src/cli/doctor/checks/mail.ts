import { permitsHost } from '../../../../adapters/dns/mta-sts/policy.ts'
import type { MxDecisions } from '../../../model/plan.ts'
import type { TenantObject } from '../../../model/resource.ts'
import { previousValues } from '../../../platforms/other/previous.ts'
import { type Answer, type DoctorCheck, missing, ok, unknown } from '../check.ts'
import type { Examination } from '../examination.ts'

function hostOf(mx: string): string {
  return mx.split(' ')[1] ?? ''
}

function said(properties: TenantObject['properties'], name: string): string | undefined {
  const value = properties[name]
  return typeof value === 'string' ? value : undefined
}

function stateOf({ name, properties }: TenantObject): string {
  const reason = said(properties, 'reason')
  return `${name}: ${[said(properties, 'state'), reason].filter(Boolean).join(', ')}`
}

/** Without an answer the vendor's MX stays, unless the operator waives it. */
const smtpCheck: DoctorCheck = {
  id: 'smtp',
  title: 'Previous MX',
  required: false,
  needs: ['sandbox', 'provider'],
  async look(examination) {
    const hosts = await examination.listed('smtp')
    if (hosts.length === 0)
      return unknown('none is named', 'Name the MX to go back to with --previous-mx "10 mail.example.com".')
    const silent = hosts.filter(({ properties }) => properties.state !== 'answers')
    if (silent.length === 0)
      return ok(`${hosts.map(({ name }) => name).join(', ')}: answers SMTP and offers STARTTLS`)
    return missing(
      `not ready for mail: ${silent.map(stateOf).join('; ')}`,
      'Check the server, and whether this machine may reach port 25. A run stops at it, unless it is waived with --allow unanswered-mx.',
    )
  },
}

/** What a policy means for hosts that are to take the mail. */
export function judgePolicy(policy: TenantObject, hosts: readonly string[]): Answer {
  const { properties } = policy
  const state = said(properties, 'state') ?? ''
  const mode = said(properties, 'mode') ?? ''
  if (state === 'none') return ok('no policy')
  if (state !== 'read')
    return unknown(
      `not read: ${said(properties, 'reason') ?? 'nothing was answered'}`,
      'A run leaves a domain alone whose policy it cannot read.',
    )
  const patterns = Array.isArray(properties.mx) ? properties.mx.map(String) : []
  const refused = hosts.filter((host) => !permitsHost(patterns, host))
  if (refused.length === 0) return ok(`${mode}; permits ${hosts.join(', ') || patterns.join(', ')}`)
  const fault = `${mode}; it does not permit ${refused.join(', ')}`
  if (mode !== 'enforce') return ok(fault)
  return missing(
    `${fault}: senders would refuse to deliver there`,
    `Add it to the policy, and change the id in _mta-sts.${policy.name}.`,
  )
}

/** Senders that go by the policy must be allowed to deliver to the previous MX. */
function policyCheck(domain: string, mx: MxDecisions): DoctorCheck {
  return {
    id: `mta-sts:${domain}`,
    title: `MTA-STS of ${domain}`,
    required: true,
    needs: ['sandbox', 'provider'],
    async look(examination: Examination) {
      const policies = await examination.listed('mta-sts-policy')
      const policy = policies.find(({ name }) => name === domain)
      if (policy === undefined) return unknown('not read')
      return judgePolicy(policy, previousValues(domain, mx, examination.footprint).map(hostOf))
    },
  }
}

export function mailChecks(mx: MxDecisions): readonly DoctorCheck[] {
  return [smtpCheck, ...mx.domains.map((domain) => policyCheck(domain, mx))]
}
