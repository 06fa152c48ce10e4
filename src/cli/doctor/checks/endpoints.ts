import { isUsed } from '../../connection/needed.ts'
import { type ExchangeTransport, transportOf } from '../../exchange-transport.ts'
import { type DoctorCheck, ok } from '../check.ts'

const ways = {
  powershell: 'by PowerShell',
  rest: 'over REST (InvokeCommand, which Microsoft does not document)',
} satisfies Record<ExchangeTransport, string>

/** Says where credentials and requests go. Whether it answers, the credential and the tenant show. */
export const endpointsCheck: DoctorCheck = {
  id: 'endpoints',
  title: 'Endpoints',
  required: true,
  needs: ['sandbox'],
  async look(examination) {
    const { exchange, graph, login } = await examination.endpoints()
    const { cloud = 'global' } = examination.options
    const directory = isUsed('graph', examination.platform) ? `, Microsoft Graph ${graph.origin}` : ''
    return ok(
      `Exchange Online ${exchange.origin} ${ways[transportOf(examination.options)]}${directory}, sign-in ${login.origin}, cloud ${cloud}`,
    )
  },
}
