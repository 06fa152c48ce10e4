import type { Decisions } from './plan.ts'

const day = 24 * 60 * 60_000

/** What holds while the operator has decided nothing, and no wait of a drain is asked for. */
export const noDecisions: Decisions = {
  include: [],
  exclude: [],
  allow: [],
  drainMs: 0,
  drainMaxMs: 0,
  revokeGrants: false,
  deleteApp: false,
  googlePolicyWrites: false,
  effectWaitMs: day,
}
