import {
  ConflictError,
  InternalError,
  NotFoundError,
  type OffboardError,
  PermissionError,
  type Problem,
  ServiceError,
  TenantError,
  ThrottledError,
} from '../../src/model/errors.ts'

/** What the service says went wrong. */
export interface Fault {
  /** The .NET type without its namespace, 'ManagementObjectNotFoundException'; empty when none is named. */
  readonly type: string
  readonly message: string
}

/** A kind of fault, and whose turn it is then. */
interface FaultKind {
  /** Tested against the type's name, which is the same in every language. */
  readonly type?: RegExp
  /** Tested against the text, which is not. */
  readonly text?: RegExp
  readonly error: new (problem: Problem) => OffboardError
  readonly hint?: string
}

export const mayNotRun = 'Give the caller a role that holds this cmdlet. "offboard doctor" names it.'
export const notAccepted =
  'Check that the credential is valid, and that it has the permission Exchange.ManageAsApp and a role. "offboard doctor" names what is missing.'

/** First match wins. */
const kinds: readonly FaultKind[] = [
  {
    type: /ObjectNotFoundException$/,
    text: /\bobject\b.*\bcouldn['’]t be found\b|\bcouldn['’]t find object\b/i,
    error: NotFoundError,
  },
  {
    type: /StillReferencedException$/,
    error: ConflictError,
    hint: 'A mail-flow rule still routes to this connector. Remove or change that rule first.',
  },
  { type: /AlreadyExistsException$/, text: /\balready (?:exists|in use)\b/i, error: ConflictError },
  {
    type: /Throttl|OverBudget|ServerBusy|TooManyRequests/,
    text: /\bmicro delay\b|\btoo many requests\b/i,
    error: ThrottledError,
  },
  {
    type: /ServerSettingsChanged|Transient|CmdletProxyNotAvailable|InvalidPagination|Timeout|Unavailable/,
    text: /\b(?:expired or )?invalid pagination request\b/i,
    error: ServiceError,
    hint: 'The service is in trouble for the moment. Try again later.',
  },
  {
    type: /InsufficientPermissions|UnauthorizedAccess|CommandNotFound|Authorization/,
    text: /\bnot allowed to call\b|\bis(?:n['’]t| not) recognized as\b|\baccess (?:is )?denied\b/i,
    error: PermissionError,
    hint: mayNotRun,
  },
  {
    type: /DehydratedContext/,
    error: TenantError,
    hint: 'Run Enable-OrganizationCustomization once in this tenant, and try again when it is done.',
  },
  { type: /^ParameterBinding/, error: InternalError },
]

function shortType(type: string | null | undefined): string {
  return type?.split(',')[0]?.split('.').at(-1)?.trim() ?? ''
}

/**
 * The fault in a text: `Ex6F9304|Namespace.Type|text`, `|Namespace.Type|text`, `||text`, or text alone, of an
 * exception that may have a type besides. Undefined when there is neither.
 */
export function parseFault(
  text: string | null | undefined,
  exception: string | null | undefined,
): Fault | undefined {
  const parts = /^[^|]*\|([^|]*)\|([\s\S]*)$/.exec(text ?? '')
  const fault = { type: shortType(parts?.[1] || exception), message: (parts?.[2] ?? text ?? '').trim() }
  return fault.type === '' && fault.message === '' ? undefined : fault
}

/** The kind that a fault is: told by its type, which all transports name, before its text. */
export function faultKind({ type, message }: Fault): FaultKind | undefined {
  return kinds.find((kind) => kind.type?.test(type) === true || kind.text?.test(message) === true)
}

export function describeFault({ type, message }: Fault): string {
  const text = message.slice(0, 1000)
  return type === '' ? text : `${text} (${type})`
}
