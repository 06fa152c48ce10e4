import type { Environment } from '../config/environment.ts'

/** Takes out of a text what must not be seen. */
export type Scrubber = (text: string) => string

/** Names of form fields and of JSON properties whose values are credentials. */
const credentialFields =
  'access_token|accessToken|assertion|client_assertion|client_secret|clientSecret|code|device_code|id_token|password|refresh_token|refreshToken|authorization'

/** What looks like a credential, wherever it comes from. */
const shapes: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, '[private key]'],
  [/\beyJ[\w-]{6,}(?:\.[\w-]*){1,4}/g, '[token]'],
  [/\b(Bearer)\s+[^\s"',;\\]+/gi, '$1 [secret]'],
  [/([a-z][a-z0-9+.-]*:\/\/)[^\s/"'@]+@/gi, '$1[secret]@'],
  [new RegExp(`(?<=[?&\\s"']|^)(${credentialFields})=[^&\\s"'\\\\]+`, 'g'), '$1=[secret]'],
  [new RegExp(`("(?:${credentialFields})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"`, 'gi'), '$1"[secret]"'],
]

/** Shorter secrets are not searched for: they would garble every text, and hide nothing. */
const leastLength = 4

/**
 * A scrubber for everything that is printed or logged. It takes out each secret of the environment, as it is and
 * as JSON, URLs, forms and base64 write it, and whatever looks like a token, an assertion or a private key.
 */
export function createScrubber(environment: Environment): Scrubber {
  const secrets = Object.values(environment)
    .filter((value) => typeof value === 'object' && 'reveal' in value)
    .flatMap((value) => spellings(value.reveal()))
    .filter((spelling) => spelling.length >= leastLength)
    .sort((a, b) => b.length - a.length)
  return (text) => {
    const known = secrets.reduce((rest, spelling) => rest.replaceAll(spelling, '[secret]'), text)
    return shapes.reduce((rest, [shape, replacement]) => rest.replace(shape, replacement), known)
  }
}

function spellings(value: string): readonly string[] {
  const bytes = Buffer.from(value)
  const password = URL.canParse(value) ? new URL(value).password : ''
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    encodeURI(value),
    new URLSearchParams([['', value]]).toString().slice(1),
    bytes.toString('base64'),
    bytes.toString('base64url'),
    password,
    new URLSearchParams(`=${password.replaceAll('+', '%2B')}`).get('') ?? '',
  ]
}
