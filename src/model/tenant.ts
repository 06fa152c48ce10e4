/** A domain for which the tenant accepts mail. */
export interface AcceptedDomain {
  readonly name: string
  /** The tenant's own first domain, `*.onmicrosoft.com`. */
  readonly initial: boolean
}

/** Who the service says that we are connected to. */
export interface TenantIdentity {
  /** The tenant's id: a GUID. */
  readonly id: string
  /** The initial domain, the name that people type to approve. */
  readonly name: string
  readonly domains: readonly AcceptedDomain[]
}
