import type { Environment } from '../../config/environment.ts'
import type { Clock } from '../../model/clock.ts'
import type { Footprint } from '../../model/footprint.ts'
import type { MxDecisions } from '../../model/plan.ts'
import type { Platform } from '../../model/platform.ts'
import type { SandboxEndpoints } from '../../sandbox/endpoints.ts'
import type { Context } from '../command.ts'
import type { Options } from '../parse.ts'
import type { Attempts } from './attempts.ts'

/** What the systems of one tenant are reached with. */
export interface ConnectionInput {
  /** As asked for: an id or a domain. */
  readonly tenant: string
  readonly platform: Platform
  readonly footprint: Footprint
  /** For platforms that change DNS. */
  readonly mx: MxDecisions | undefined
  readonly options: Pick<Options, 'auth' | 'cloud' | 'exchange' | 'sandbox'>
  readonly environment: Environment
  readonly sandbox: SandboxEndpoints | undefined
  readonly clock: Clock
  readonly attempts: Attempts
  readonly context: Context
  readonly onWarning: (text: string) => void
}
