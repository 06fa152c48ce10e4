import type { TokenCredential } from '@azure/identity'
import type { CloudId } from '../config/clouds.ts'
import type { Environment, VariableName } from '../config/environment.ts'
import type { LoginClient } from './login-client.ts'

export const authMethodIds = [
  'certificate',
  'secret',
  'federated',
  'managed-identity',
  'device-code',
  'azure-cli',
  'token',
] as const
/** A value of `--auth`. */
export type AuthMethodId = (typeof authMethodIds)[number]

/** What a credential is made for and from. */
export interface AuthContext {
  readonly environment: Environment
  readonly cloud: CloudId
  /** The tenant whose token is asked for: an id or a domain. */
  readonly tenant: string
  /** `https://outlook.office365.com/.default` */
  readonly scope: string
  readonly login: LoginClient
  readonly signal: AbortSignal
  readonly now: () => Date
  /** Tells a person what to do to sign in; undefined when nobody is there. */
  readonly prompt: ((message: string) => void) | undefined
}

/** A way to get tokens: one file each, one entry in the table of `methods.ts`. */
export interface AuthMethod {
  readonly id: AuthMethodId
  /** One line for people. */
  readonly title: string
  /** Whether it works without a person. */
  readonly unattended: boolean
  /**
   * Sets of variables. Where one set is complete the method is configured, and is found without `--auth`. A method
   * without sets needs no variable and must be named.
   */
  readonly variables: readonly (readonly VariableName[])[]
  /** What to do when it is not available on this machine. */
  readonly unavailable: string
  /** Throws a UsageError when a file or a setting is wrong. */
  credential(context: AuthContext): Promise<TokenCredential>
}
