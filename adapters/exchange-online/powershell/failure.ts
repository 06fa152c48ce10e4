import {
  InternalError,
  type OffboardError,
  PermissionError,
  ServiceError,
  TenantError,
  ThrottledError,
} from '../../../src/model/errors.ts'
import { describeFault, faultKind, mayNotRun, notAccepted, parseFault } from '../fault.ts'
import type { CommandFailure } from './envelope.ts'

const tryLater = 'The service is in trouble for the moment. Try again later.'

/** How .NET says the status of an answer without a text. */
const statusForm = /\b([45]\d\d) \([A-Za-z ]+\)/

function byStatus(status: number, problem: { tried: string; said: string }): OffboardError | undefined {
  if (status === 401) return new PermissionError({ ...problem, hint: notAccepted })
  if (status === 403) return new PermissionError({ ...problem, hint: mayNotRun })
  if (status === 429) return new ThrottledError(problem)
  return status >= 500 || status === 408 ? new ServiceError({ ...problem, hint: tryLater }) : undefined
}

/**
 * The error of the family that a cmdlet's failure is. The module raises all errors alike and names the service's
 * exception in the text. What comes from elsewhere, the module or the engine, says nothing of what was done.
 */
export function commandError(tried: string, { type, message }: CommandFailure): OffboardError {
  const fault = parseFault(message, type) ?? { type: '', message: 'an error that it does not describe' }
  const problem = { tried, said: describeFault(fault) }
  if (/\bNonInteractive\b/.test(message))
    return new InternalError({
      tried,
      said: `PowerShell asks for an answer that nobody can give: ${message}`,
    })
  const byAnswer = byStatus(Number(statusForm.exec(message)?.[1] ?? 0), problem)
  if (byAnswer !== undefined) return byAnswer
  const kind = faultKind(fault)
  if (kind !== undefined)
    return new kind.error(kind.hint === undefined ? problem : { ...problem, hint: kind.hint })
  return /^[^|]*\|[^|]*\|/.test(message) ? new TenantError(problem) : new ServiceError(problem)
}

const refused =
  /\brole assigned to application\b|\bunauthori[sz]ed\b|\bforbidden\b|\bAADSTS\d+|\baccess (?:is )?denied\b/i

/** The same for the act of connecting, in which nothing is changed. */
export function connectError(tried: string, failure: CommandFailure): OffboardError {
  const error = commandError(tried, failure)
  if (error instanceof PermissionError || !refused.test(failure.message)) return error
  return new PermissionError({ tried, said: failure.message.slice(0, 1000), hint: notAccepted })
}
