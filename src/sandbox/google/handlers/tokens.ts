import type { JsonObject } from '../../../model/json.ts'
import type { GoogleUser, UserToken } from '../../tenant/google.ts'
import { revokeToken } from '../../tenant/google-change.ts'
import { opaqueId } from '../../tenant/ids.ts'
import { notFound } from '../errors.ts'
import type { GoogleHandler } from '../handler.ts'
import { seenUsers } from '../stale.ts'
import { findUser } from './directory.ts'

function showToken({ id }: GoogleUser, { clientId, displayText, scopes }: UserToken): JsonObject {
  return {
    kind: 'admin#directory#token',
    etag: `"${opaqueId(`${id} ${clientId}`)}"`,
    clientId,
    displayText,
    anonymous: false,
    nativeApp: false,
    userKey: id,
    scopes,
  }
}

const list: GoogleHandler = ({ state, parameters }) => {
  const user = findUser(seenUsers(state), parameters.user)
  return {
    kind: 'admin#directory#tokenList',
    etag: `"${opaqueId(`tokens ${user.id}`)}"`,
    ...(user.tokens.length === 0 ? {} : { items: user.tokens.map((token) => showToken(user, token)) }),
  }
}

function tokenOf({ tokens }: GoogleUser, clientId: string | undefined): UserToken {
  const found = tokens.find((token) => token.clientId === clientId)
  if (found === undefined) throw notFound('Resource Not Found: clientId')
  return found
}

const get: GoogleHandler = ({ state, parameters }) => {
  const user = findUser(seenUsers(state), parameters.user)
  return showToken(user, tokenOf(user, parameters.client))
}

const remove: GoogleHandler = ({ state, parameters, caller }) => {
  const user = findUser(state.google.users, parameters.user)
  revokeToken(state, caller.primaryEmail, user, tokenOf(user, parameters.client))
  return undefined
}

export const tokenHandlers = {
  'GET /admin/directory/v1/users/{user}/tokens': list,
  'GET /admin/directory/v1/users/{user}/tokens/{client}': get,
  'DELETE /admin/directory/v1/users/{user}/tokens/{client}': remove,
} as const satisfies Record<string, GoogleHandler>
