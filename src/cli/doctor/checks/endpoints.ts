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
    ]
    return ok((await Promise.all(parts.map((part) => part(examination)))).join('; '))
  },
}
