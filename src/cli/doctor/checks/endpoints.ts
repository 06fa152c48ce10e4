import { isUsed } from '../../connection/needed.ts'
import { type DoctorCheck, ok } from '../check.ts'

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
      `Exchange Online ${exchange.origin} over REST (InvokeCommand, which Microsoft does not document)${directory}, sign-in ${login.origin}, cloud ${cloud}`,
    )
  },
}
