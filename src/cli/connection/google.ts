import type { GoogleWorkspace } from '../../../adapters/google-workspace/index.ts'
import type { ScopeCheck } from '../../../adapters/google-workspace/preflight.ts'
import type { Purpose } from '../../../adapters/google-workspace/requests.ts'
import { wantedApp } from '../../footprint/match/app.ts'
import type { SystemReader, SystemWriter } from '../../model/adapter.ts'
import type { AccessToken } from '../../model/credentials.ts'
import type { ApprovedPlan } from '../../model/plan.ts'
import { version } from '../version.ts'
import type { EndpointsInUse } from './endpoints.ts'
import { googleTokensFor } from './google-tokens.ts'
import type { ConnectionInput } from './input.ts'
import { readOnly } from './read-only.ts'

/** Google Workspace of the customer. No token and no answer is asked for before the first read. */
export interface GoogleConnection {
  open(): Promise<SystemReader>
  /** Opened for writing only when the plan changes something there. */
  openForWriting(approved: ApprovedPlan): Promise<SystemWriter>
  token(scope: string): Promise<AccessToken>
  /** Whether tokens are given for exactly the scope that is asked for: those of a service account are. */
  isScoped(): Promise<boolean>
  /** Which scopes for these purposes a token is given for. Sends nothing to the APIs. */
  preflight(purposes: readonly Purpose[]): Promise<readonly ScopeCheck[]>
}

export function connectGoogle(input: ConnectionInput, endpoints: EndpointsInUse): GoogleConnection {
  const { tenant, footprint, clock, attempts, context } = input
  const asked = { asked: tenant }
  const isNamed = wantedApp(footprint)
  const tokens = googleTokensFor(input, endpoints, 'subject')
  const isScoped = async () => (await tokens()).isScoped()

  async function create(): Promise<GoogleWorkspace> {
    const [{ googleWorkspace }, { forScope }] = await Promise.all([
      import('../../../adapters/google-workspace/index.ts'),
      tokens(),
    ])
    return googleWorkspace({
      ...(endpoints.google === undefined ? {} : { baseUrl: endpoints.google }),
      tokens: forScope,
      isScoped,
      attempt: attempts.needed,
      clock,
      signal: context.leaving,
      userAgent: `offboard/${version}`,
      wantedToken: ({ clientId, displayText }) =>
        footprint.clients.includes(clientId) || isNamed({ appId: clientId, displayName: displayText }),
      clients: footprint.clients,
    })
  }

  let created: Promise<GoogleWorkspace> | undefined
  // Whoever reads and whoever writes keep to one pace.
  const adapter = () => {
    created ??= create()
    return created
  }
  let opened: Promise<SystemReader> | undefined
  const open = () => {
    opened ??= adapter().then((workspace) => workspace.open(asked))
    return opened
  }
  return {
    open,
    async openForWriting(approved) {
      if (!approved.plan.changes.some(({ system }) => system === 'google-workspace'))
        return readOnly(await open())
      return (await adapter()).openForWriting(asked, approved)
    },
    token: async (scope) => (await tokens()).forScope(scope).token(),
    isScoped,
    preflight: async (purposes) => (await adapter()).preflight(purposes),
  }
}
