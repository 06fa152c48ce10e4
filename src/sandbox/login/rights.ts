import { azureAudiences } from '../dns/azure/admission.ts'
import { graphAudiences } from '../graph/audiences.ts'

/** What a token says that its holder may do. */
export interface TokenRights {
  /** Of an application that acts for itself. */
  readonly roles: readonly string[]
  /** Of an application that acts for a user. */
  readonly scopes: readonly string[]
}

/** The rights in a token for this audience; one for the sandbox itself serves all of its services. */
export function rightsFor(audience: string, graphPermissions: readonly string[]): TokenRights {
  if (graphAudiences.includes(audience)) return { roles: graphPermissions, scopes: graphPermissions }
  if (azureAudiences.includes(audience)) return { roles: [], scopes: ['user_impersonation'] }
  const onGraph = audience.startsWith('http:') ? graphPermissions : []
  return { roles: ['Exchange.ManageAsApp', ...onGraph], scopes: ['Exchange.Manage', ...onGraph] }
}
