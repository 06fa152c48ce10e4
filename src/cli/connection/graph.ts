import type { Act } from '../../../adapters/graph/permissions.ts'
import type { PermissionCheck } from '../../../adapters/graph/preflight.ts'
import { chooseAuthMethod } from '../../auth/choose.ts'
import { clouds, isOwnHost } from '../../config/clouds.ts'
import { wantedApp } from '../../footprint/match/app.ts'
import type { SystemReader, SystemWriter } from '../../model/adapter.ts'
import type { Attempt } from '../../model/attempt.ts'
import type { TokenSource } from '../../model/credentials.ts'
import { UsageError } from '../../model/errors.ts'
import type { ApprovedPlan } from '../../model/plan.ts'
import { version } from '../version.ts'
import type { EndpointsInUse } from './endpoints.ts'
import type { ConnectionInput } from './input.ts'
import { isNeeded } from './needed.ts'
import { readOnly } from './read-only.ts'
import { tokensFor } from './tokens.ts'

/** Microsoft Graph of the tenant. No token and no answer is asked for before the first read. */
export interface GraphConnection {
  open(): Promise<SystemReader>
  /** Opened for writing only when the plan changes something there. */
  openForWriting(approved: ApprovedPlan): Promise<SystemWriter>
  preflight(acts: readonly Act[]): Promise<readonly PermissionCheck[]>
}

const tried = 'ask Microsoft Graph'

/** The longest wait for an answer that a run can do without. */
const optionalTimeoutMs = 15_000

function withoutToken(said: string, hint: string): TokenSource {
  return {
    async token() {
      throw new UsageError({ tried, said, hint })
    },
  }
}

/** Whether sign-in or Exchange are not Microsoft's own while Graph would be: their token is none of its business. */
function isSomewhereElse({ environment, options: { cloud = 'global' } }: ConnectionInput): boolean {
  const {
    OFFBOARD_EXCHANGE_URL: exchange,
    OFFBOARD_LOGIN_URL: login,
    OFFBOARD_GRAPH_URL: graph,
  } = environment
  if (graph !== undefined) return false
  const isForeign = (url: URL | undefined, service: 'exchange' | 'login') =>
    url !== undefined && !isOwnHost(url.hostname, service, cloud)
  return isForeign(exchange, 'exchange') || isForeign(login, 'login')
}

function graphTokens(input: ConnectionInput, loginUrl: URL): TokenSource {
  const { sandbox, options } = input
  if (sandbox === undefined && isSomewhereElse(input))
    return withoutToken(
      "OFFBOARD_GRAPH_URL is not set, while sign-in or Exchange Online are not Microsoft's own",
      'Set OFFBOARD_GRAPH_URL to the Microsoft Graph that belongs to them.',
    )
  return tokensFor(input, loginUrl, clouds[options.cloud ?? 'global'].graphScope)
}

/** A person signs in for each service, and is not asked to for what the run can do without. */
function asksAPerson({ sandbox, options, environment }: ConnectionInput): boolean {
  return sandbox === undefined && chooseAuthMethod(options.auth, environment).id === 'device-code'
}

export function connectGraph(input: ConnectionInput, endpoints: EndpointsInUse): GraphConnection {
  const { tenant, platform, footprint, attempts, context } = input
  const asked = { asked: tenant }
  const needed = isNeeded('graph', platform, footprint)
  const tokens = graphTokens(input, endpoints.login)
  const readingTokens =
    needed || !asksAPerson(input)
      ? tokens
      : withoutToken(
          'it takes a second sign-in, which is asked of a person only when an app is named',
          'Name the app with --remediation-app, or choose another --auth.',
        )

  async function adapter(from: TokenSource, attempt: Attempt, requestTimeoutMs?: number) {
    const { graph } = await import('../../../adapters/graph/index.ts')
    return graph({
      baseUrl: endpoints.graph,
      tokens: from,
      attempt,
      signal: context.leaving,
      userAgent: `offboard/${version}`,
      wanted: wantedApp(footprint),
      ...(requestTimeoutMs === undefined ? {} : { requestTimeoutMs }),
    })
  }
  const reading = () =>
    needed
      ? adapter(readingTokens, attempts.needed)
      : adapter(readingTokens, attempts.optional, optionalTimeoutMs)

  let opened: Promise<SystemReader> | undefined
  // Whoever reads in a run reads on with what the survey proved and learned.
  const open = () => {
    opened ??= reading().then((directory) => directory.open(asked))
    return opened
  }
  return {
    open,
    async openForWriting(approved) {
      if (!approved.plan.changes.some(({ system }) => system === 'graph')) return readOnly(await open())
      return (await adapter(tokens, attempts.needed)).openForWriting(asked, approved)
    },
    preflight: async (acts) => (await reading()).preflight(asked, acts),
  }
}
