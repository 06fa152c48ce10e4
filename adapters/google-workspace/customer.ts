import type { Clock } from '../../src/model/clock.ts'
import type { GoogleReader, GoogleWriter } from './transport.ts'

/** An application to which a user consented. */
export interface ConsentedApp {
  readonly clientId: string
  /** What it calls itself. */
  readonly displayText: string
}

/** A customer, and what is looked at of it. */
export interface Customer {
  readonly google: GoogleReader
  readonly clock: Clock
  /** Ends the waits. */
  readonly signal: AbortSignal
  wantedToken(app: ConsentedApp): boolean
  /** Client ids whose activity is looked for in the audit logs. */
  readonly clients: readonly string[]
}

export interface WritableCustomer extends Customer {
  readonly google: GoogleWriter
}
