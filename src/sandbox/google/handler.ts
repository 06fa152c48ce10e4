import type { Json, JsonObject } from '../../model/json.ts'
import type { Incoming } from '../http.ts'
import type { GoogleUser } from '../tenant/google.ts'
import type { SandboxState } from '../tenant/state.ts'

/** What an operation runs with. */
export interface GoogleContext {
  readonly state: SandboxState
  readonly request: Incoming
  /** What stands in the path for the names in braces. */
  readonly parameters: Readonly<Record<string, string>>
  readonly body: JsonObject
  /** For whom it acts. */
  readonly caller: GoogleUser
}

/** Does an operation; undefined is answered with 204. Throws a GoogleRefusal, and has changed nothing then. */
export type GoogleHandler = (context: GoogleContext) => Json | undefined
