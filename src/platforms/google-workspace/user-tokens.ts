import { matchUserToken } from '../../footprint/match/user-token.ts'
import { strings, text } from '../../footprint/properties.ts'
import type { RemoveStep } from '../../model/platform.ts'

/** What single users consented to. Nothing puts a consent back, so each has to be included. */
export const userTokens: RemoveStep = {
  id: 'user-tokens',
  title: 'Take the consents of users away',
  kind: 'remove',
  system: 'google-workspace',
  after: [],
  independent: () => true,
  permissions: ['https://www.googleapis.com/auth/admin.directory.user.security'],
  targets: [
    {
      kind: 'user-token',
      prefix: 'token',
      match: (token, { footprint }) => matchUserToken(token, footprint),
      detail: (token) =>
        `"${text(token, 'displayText') ?? '?'}" may act for ${text(token, 'user') ?? '?'}: ${strings(token, 'scopes').join(', ')}`,
    },
  ],
}
