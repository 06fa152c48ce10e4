import type { JsonObject } from '../../model/json.ts'
import type { SandboxState } from '../tenant/state.ts'

/** The zones whole. */
export function showDns({ dns }: SandboxState): JsonObject {
  return {
    zones: dns.zones.map((zone) => ({ ...zone, sets: zone.sets.map((set) => ({ ...set })) })),
    mtaSts: dns.mtaSts,
    smtp: dns.smtp,
    serverFailure: dns.serverFailure,
  }
}
