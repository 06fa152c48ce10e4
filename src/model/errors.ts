/** What every error of this program carries: what was tried, what the service said, and what to do next. */
export interface Problem {
  /** What was tried, as a phrase: "remove the rule "X"". */
  readonly tried: string
  /** What the service, the file or the parser answered. Never holds a secret. */
  readonly said?: string
  /** What the reader can do next. */
  readonly hint?: string
  readonly cause?: unknown
}

/** The family of errors, told apart by who must act. Adapters turn their system's errors into these. */
export abstract class OffboardError extends Error {
  readonly tried: string
  readonly said: string | undefined
  readonly hint: string | undefined

  constructor(problem: Problem) {
    super(
      problem.said === undefined ? problem.tried : `${problem.tried}: ${problem.said}`,
      problem.cause === undefined ? undefined : { cause: problem.cause },
    )
    this.name = new.target.name
    this.tried = problem.tried
    this.said = problem.said
    this.hint = problem.hint
  }
}

/** You must act: an option, a file or a setting is wrong. Nothing was changed. */
export class UsageError extends OffboardError {}

/** The tenant's administrator must act: a role or permission is missing. */
export class PermissionError extends OffboardError {}

/** The tenant's administrator must act: the tenant is not in a state in which this works. */
export class TenantError extends OffboardError {}

/** The service asks to wait. Nothing was done, so a write may be sent again. */
export class ThrottledError extends OffboardError {
  /** The least wait that the service asked for, in milliseconds; undefined when it named none. */
  readonly retryAfterMs: number | undefined

  constructor(problem: Problem & { readonly retryAfterMs?: number }) {
    super(problem)
    this.retryAfterMs = problem.retryAfterMs
  }
}

/** The service failed, or its answer was lost: whether a write took place is unknown until it is read. */
export class ServiceError extends OffboardError {}

/** The object is not there. */
export class NotFoundError extends OffboardError {}

/** Something stands in the way: a name in use, or an object that others refer to. */
export class ConflictError extends OffboardError {}

/** We refuse: a guard, drift, the wrong tenant, a missing approval. */
export class RefusedError extends OffboardError {}

/** A bug here. */
export class InternalError extends OffboardError {}

/** The operator stopped the run. */
export class InterruptedError extends OffboardError {}
