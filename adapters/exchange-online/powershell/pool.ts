import type { Transport } from '../transport.ts'
import { type PowerShellTransportOptions, powershellTransport } from './transport.ts'

interface Shared {
  readonly transport: Transport
  users: number
}

/**
 * Transports to tenants by PowerShell: all who work on one tenant at a time share one, and so one process, which
 * ends when the last of them closes theirs.
 */
export function powershellTransports(
  options: Omit<PowerShellTransportOptions, 'tenantId'>,
): (tenantId: string) => Transport {
  const inUse = new Map<string, Shared>()

  async function leave(tenantId: string, shared: Shared): Promise<void> {
    shared.users -= 1
    if (shared.users > 0) return
    inUse.delete(tenantId)
    await shared.transport.close()
  }

  return (tenantId) => {
    const shared = inUse.get(tenantId) ?? {
      transport: powershellTransport({ ...options, tenantId }),
      users: 0,
    }
    inUse.set(tenantId, shared)
    shared.users += 1
    let left: Promise<void> | undefined
    return {
      ...shared.transport,
      close() {
        left ??= leave(tenantId, shared)
        return left
      },
    }
  }
}
