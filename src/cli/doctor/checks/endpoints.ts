import type { DnsProviderId } from '../../../model/words.ts'
import type { EndpointsInUse } from '../../connection/endpoints.ts'
import { isUsed } from '../../connection/needed.ts'
import { type ExchangeTransport, transportOf } from '../../exchange-transport.ts'
import { type DoctorCheck, ok } from '../check.ts'
import type { Examination } from '../examination.ts'

const ways = {
  powershell: 'by PowerShell',
  rest: 'over REST (InvokeCommand, which Microsoft does not document)',
} satisfies Record<ExchangeTransport, string>

async function microsoft({ endpoints, options, platform }: Examination): Promise<string> {
  const { exchange, graph, login } = await endpoints()
  const { cloud = 'global' } = options
  const directory = isUsed('graph', platform) ? `, Microsoft Graph ${graph.origin}` : ''
  return `Exchange Online ${exchange.origin} ${ways[transportOf(options)]}${directory}, sign-in ${login.origin}, cloud ${cloud}`
}

async function google({ endpoints }: Examination): Promise<string> {
  const { google: root } = await endpoints()
  return root === undefined
    ? "Google's own: admin, cloudidentity and oauth2.googleapis.com"
    : `Google, APIs and sign-in, ${root.origin}`
}

const providerPlaces: Partial<Readonly<Record<DnsProviderId, (endpoints: EndpointsInUse) => string>>> = {
  cloudflare: ({ cloudflare }) => cloudflare.origin,
  route53: ({ route53 }) => route53?.origin ?? "Route 53's own",
  azure: ({ azure, login }) => `${azure.origin}, sign-in ${login.origin}`,
  google: ({ google: root }) => root?.origin ?? "Google's own: dns and oauth2.googleapis.com",
}

async function zones({ endpoints, environment, mx }: Examination): Promise<string> {
  const used = await endpoints()
  const { authorityPort = 53, smtpPort = 25 } = used
  const { address, port = 53 } = environment.OFFBOARD_RFC2136_SERVER ?? { address: '' }
  const primary = mx?.provider === 'rfc2136' && address !== '' ? ` ${address} (port ${port})` : ''
  const place = mx === undefined ? undefined : providerPlaces[mx.provider]?.(used)
  const holder = `${mx?.provider ?? 'manual'}${place === undefined ? primary : ` ${place}`}`
  return `zones by ${holder}, name servers on port ${authorityPort}, mail servers on port ${smtpPort}`
}

/** Says where credentials and requests go. Whether it answers, the credential and the tenant show. */
export const endpointsCheck: DoctorCheck = {
  id: 'endpoints',
  title: 'Endpoints',
  required: true,
  needs: ['sandbox'],
  async look(examination) {
    const { platform } = examination
    const parts = [
      ...(isUsed('exchange-online', platform) ? [microsoft] : []),
      ...(isUsed('google-workspace', platform) ? [google] : []),
      ...(examination.mx === undefined ? [] : [zones]),
    ]
    return ok((await Promise.all(parts.map((part) => part(examination)))).join('; '))
  },
}
