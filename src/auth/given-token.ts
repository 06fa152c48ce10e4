import { clouds, defaultUrl } from '../config/clouds.ts'
import { PermissionError } from '../model/errors.ts'
import { tokenClaims } from './jwt.ts'
import type { AuthContext, AuthMethod } from './method.ts'
import { required } from './required.ts'

/** How long a token is taken to be good that does not say so; the service refuses it when it is not. */
const assumedMs = 3_600_000

/** A token that the caller got by itself. It is used as it is, and never renewed. */
export const givenToken: AuthMethod = {
  id: 'token',
  title: 'an access token that you got by yourself',
  unattended: true,
  variables: [['OFFBOARD_EXCHANGE_TOKEN'], ['OFFBOARD_GRAPH_TOKEN'], ['OFFBOARD_AZURE_TOKEN']],
  unavailable: 'Set OFFBOARD_EXCHANGE_TOKEN.',
  async credential(context) {
    const variable = variableFor(context)
    const token = required(context.environment, variable, 'token').reveal()
    const seconds = tokenClaims(token)?.exp
    return {
      async getToken() {
        const now = context.now().getTime()
        const expiresOnTimestamp = seconds === undefined ? now + assumedMs : seconds * 1000
        if (expiresOnTimestamp > now) return { token, expiresOnTimestamp }
        throw new PermissionError({
          tried: `use the token of ${variable}`,
          said: `it expired at ${new Date(expiresOnTimestamp).toISOString()}`,
          hint: `Get a new token and set ${variable} to it; resume continues a run that it interrupted.`,
        })
      },
    }
  },
}

function variableFor({ cloud, scope }: AuthContext) {
  if (scope.startsWith(defaultUrl('azure', cloud).href)) return 'OFFBOARD_AZURE_TOKEN'
  return scope === clouds[cloud].graphScope ? 'OFFBOARD_GRAPH_TOKEN' : 'OFFBOARD_EXCHANGE_TOKEN'
}
