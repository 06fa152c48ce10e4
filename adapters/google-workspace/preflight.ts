import type { TokenSource } from '../../src/model/credentials.ts'
import { OffboardError, PermissionError } from '../../src/model/errors.ts'
import { type GoogleRequest, type Purpose, requests } from './requests.ts'

/** Whether a token with a scope is to be had, and what it is for; if not, what the sign-in said. */
export interface ScopeCheck {
  readonly scope: string
  readonly requests: readonly GoogleRequest[]
  readonly allowed: 'yes' | 'no' | 'unknown'
  readonly said?: string
  readonly hint?: string
}

export interface PreflightOptions {
  readonly tokens: (scope: string) => TokenSource
  /** Whether a token is given for exactly the scope that was asked for: of one that was given, nothing is known. */
  readonly isScoped: () => Promise<boolean>
}

function words({ said, hint }: OffboardError) {
  return { ...(said === undefined ? {} : { said }), ...(hint === undefined ? {} : { hint }) }
}

async function check(
  scope: string,
  rows: readonly GoogleRequest[],
  { tokens, isScoped }: PreflightOptions,
): Promise<ScopeCheck> {
  try {
    await tokens(scope).token()
    return { scope, requests: rows, allowed: (await isScoped()) ? 'yes' : 'unknown' }
  } catch (error) {
    if (!(error instanceof OffboardError)) throw error
    const allowed = error instanceof PermissionError ? 'no' : 'unknown'
    return { scope, requests: rows, allowed, ...words(error) }
  }
}

/** Asks for a token with each scope that the requests for these purposes need. Sends nothing to the APIs. */
export async function preflight(
  purposes: readonly Purpose[],
  options: PreflightOptions,
): Promise<readonly ScopeCheck[]> {
  const wanted = requests.filter(({ purpose }) => purposes.includes(purpose))
  const byScope = Map.groupBy(wanted, ({ scope }) => scope)
  return Promise.all([...byScope].map(([scope, rows]) => check(scope, rows, options)))
}
