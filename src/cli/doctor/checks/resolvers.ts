import { openDns } from '../../../../adapters/dns/open.ts'
import type { Json } from '../../../model/json.ts'
import { type Answer, type DoctorCheck, ok, unknown } from '../check.ts'
import type { Examination } from '../examination.ts'

const remedy =
  'Name a resolver that answers in OFFBOARD_DNS. A run goes on without: MX records are then told as "not checked".'

/** The initial domain, whose MX is Microsoft's; else the domain that was asked for. */
async function domainOf({ identity, asked }: Examination): Promise<string | undefined> {
  const known = await identity().catch(() => undefined)
  return known?.name ?? (asked.includes('.') ? asked : undefined)
}

function judge(domain: string, by: string, state: Json | undefined, reason: Json | undefined): Answer {
  const said = typeof reason === 'string' ? ` (${reason})` : ''
  return state === 'unresolvable'
    ? unknown(`the MX of ${domain} was not answered by ${by}${said}`, remedy)
    : ok(`the MX of ${domain} was answered by ${by}${said}`)
}

export const resolversCheck: DoctorCheck = {
  id: 'dns',
  title: 'DNS',
  required: false,
  needs: ['sandbox'],
  async look(examination) {
    const domain = await domainOf(examination)
    if (domain === undefined) return unknown('no domain is known to ask for', remedy)
    const { resolvers } = await examination.endpoints()
    const { optional: attempt } = await examination.attempts()
    const dns = openDns({ resolvers, attempt, signal: examination.context.stopping })
    try {
      const [answer] = await dns.mx([domain])
      const by = resolvers.length === 0 ? "the system's resolvers" : resolvers.join(', ')
      return judge(domain, by, answer?.properties.state, answer?.properties.reason)
    } finally {
      dns.close()
    }
  },
}
