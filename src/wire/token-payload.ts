/** What a JSON web token says of itself, as JSON; undefined when it is none. Nothing of it is verified. RFC 7519 */
export function tokenPayload(token: string): unknown {
  const [, payload] = token.split('.')
  if (payload === undefined) return undefined
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}
