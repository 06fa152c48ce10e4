import type { DnsProvider, DnsProviderReader } from '../../../../adapters/dns/providers/provider.ts'
import type { Delegation } from '../../../../adapters/dns/providers/shared/choose-zone.ts'
import type { Environment, VariableName } from '../../../config/environment.ts'
import { variables } from '../../../config/variables.ts'
import { UsageError } from '../../../model/errors.ts'
import type { ApprovedPlan, MxDecisions } from '../../../model/plan.ts'
import type { EndpointsInUse } from '../endpoints.ts'
import type { ConnectionInput } from '../input.ts'

/** Who holds the zones, with credentials. */
export interface OpenedProvider {
  reader(): DnsProviderReader
  writer(approved: ApprovedPlan): DnsProvider
  /** Whether its programs and files can be used. Throws a UsageError; asks nobody. */
  check?(): Promise<void>
}

/**
 * How a provider is reached. Throws a UsageError that names what is not set. Its client is loaded when what it answers
 * is called, and nothing is asked before the first read.
 */
export type ProviderDoor = (
  input: ConnectionInput,
  endpoints: EndpointsInUse,
) => (delegation: Delegation) => Promise<OpenedProvider>

/** The value of a variable that a provider cannot do without. */
export function needed<Name extends VariableName>(
  environment: Environment,
  name: Name,
  provider: MxDecisions['provider'],
): NonNullable<Environment[Name]> {
  const value = environment[name]
  if (value !== undefined) return value
  throw new UsageError({
    tried: `use --dns ${provider}`,
    said: `${name} is not set`,
    hint: `Set ${name}. ${variables.get(name)?.meaning ?? ''}`.trim(),
  })
}
