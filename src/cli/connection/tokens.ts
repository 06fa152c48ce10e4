import { sandboxTokenSource } from '../../auth/sandbox.ts'
import { tokenSource } from '../../auth/token-source.ts'
import type { TokenSource } from '../../model/credentials.ts'
import type { ConnectionInput } from './input.ts'

type TokensInput = Pick<ConnectionInput, 'tenant' | 'context' | 'sandbox' | 'environment' | 'options'>

/** Tokens for one service of the tenant, by the same `--auth` for each. Throws a UsageError when none can be chosen. */
export function tokensFor(input: TokensInput, loginUrl: URL, scope: string): TokenSource {
  const { tenant, context, sandbox, environment, options } = input
  const signal = context.leaving
  if (sandbox !== undefined) return sandboxTokenSource({ loginUrl, tenant, scope, signal })
  return tokenSource({
    auth: options.auth,
    environment,
    cloud: options.cloud ?? 'global',
    tenant,
    scope,
    loginUrl,
    signal,
    prompt: context.isTerminal ? (message) => context.stderr.write(`${message}\n`) : undefined,
  })
}
