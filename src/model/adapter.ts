import type { ApprovedPlan } from './plan.ts'
import type { ReadableResource, Source, WritableResource } from './resource.ts'
import type { TenantIdentity } from './tenant.ts'

/** A message that the tenant's mail system handled, reduced to what drain asks about. */
export interface TracedMessage {
  /** ISO 8601, UTC. */
  readonly received: string
  /** The address that delivered it to the tenant; empty for mail that began inside. */
  readonly fromIp: string
  /** The address that it was sent on to; empty for inbound mail. */
  readonly toIp: string
}

/** Where mail came from in a span of time. */
export interface MailTrace {
  /**
   * Messages received in [from, to), of which those from `addresses` are complete. Others may be cut when there
   * are very many: they only serve to show that mail arrives at all.
   */
  messages(from: Date, to: Date, addresses: readonly string[]): Promise<readonly TracedMessage[]>
}

/** A system of a tenant, open for reading. It has no way to write. */
export interface SystemReader {
  readonly resources: ReadonlyMap<string, ReadableResource>
  readonly sources: ReadonlyMap<string, Source>
  readonly mailTrace?: MailTrace
  /** Who the service says we are. Asks anew each time. */
  identity(): Promise<TenantIdentity>
  close(): Promise<void>
}

/** A system of a tenant, open for writing, under an approved plan. */
export interface SystemWriter extends SystemReader {
  readonly resources: ReadonlyMap<string, WritableResource>
}

/** How a system is opened. `Tenant` is what the system needs to know of the tenant to find it. */
export interface Adapter<Tenant> {
  open(tenant: Tenant): Promise<SystemReader>
  openForWriting(tenant: Tenant, approval: ApprovedPlan): Promise<SystemWriter>
}
