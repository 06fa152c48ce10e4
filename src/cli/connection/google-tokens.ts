import { sandboxGoogleTokens } from '../../auth/google-sandbox.ts'
import { type GoogleActor, type GoogleTokens, googleTokens } from '../../auth/google-tokens.ts'
import type { EndpointsInUse } from './endpoints.ts'
import type { ConnectionInput } from './input.ts'

/** Throws a UsageError when none or several credentials are set. The sandbox needs none. */
export function googleTokensFor(
  { sandbox, options, environment, context }: ConnectionInput,
  { google: baseUrl }: EndpointsInUse,
  actor: GoogleActor,
): () => Promise<GoogleTokens> {
  const signal = context.leaving
  if (sandbox === undefined) {
    const tokens = googleTokens({ auth: options.auth, environment, baseUrl, signal, actor })
    return async () => tokens
  }
  let ofSandbox: Promise<GoogleTokens> | undefined
  return () => {
    ofSandbox ??= import('../../sandbox/google/account.ts').then(({ googleAccount }) =>
      sandboxGoogleTokens({
        serviceAccount: googleAccount.serviceAccount,
        subject: actor === 'subject' ? googleAccount.subject : undefined,
        baseUrl: new URL(sandbox.googleUrl),
        signal,
      }),
    )
    return ofSandbox
  }
}
