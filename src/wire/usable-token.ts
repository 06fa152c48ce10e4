import { UsageError } from '../model/errors.ts'

/** A header with other characters is refused by the HTTP library in an error that shows the whole of it. */
export function assertUsableToken(token: string, tried: string): void {
  if (/^[\x21-\x7e]+$/.test(token)) return
  throw new UsageError({
    tried,
    said: 'the access token is empty or holds characters that no token has',
    hint: 'Get a new access token.',
  })
}
