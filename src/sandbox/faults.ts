import type { SandboxState } from './tenant/state.ts'

/** What may go wrong with a request. `done`: whether the service does what was asked nevertheless. */
interface FaultRule {
  readonly summary: string
  readonly done: boolean
  /** Only a request that writes can suffer it. */
  readonly writesOnly: boolean
}

/** The ways to fail, each with one line for people. */
export const faultKinds = {
  throttle: { summary: '429 with Retry-After: 1; nothing is done', done: false, writesOnly: false },
  outage: { summary: '503; nothing is done', done: false, writesOnly: false },
  'lost-answer': {
    summary: 'done, and the connection is cut before the answer',
    done: true,
    writesOnly: false,
  },
  'stale-reads': {
    summary: 'after the next write some of the next reads of its kind answer what was before',
    done: true,
    writesOnly: true,
  },
  denied: { summary: '403 with a body of NUL bytes; nothing is done', done: false, writesOnly: false },
  'empty-body': { summary: 'done, and 200 without a body', done: true, writesOnly: false },
  'ignored-write': { summary: '200, and nothing is done', done: false, writesOnly: true },
  hang: { summary: 'done, and never answered', done: true, writesOnly: false },
} as const satisfies Record<string, FaultRule>

export type FaultKind = keyof typeof faultKinds

export interface FaultRequest {
  readonly kind: FaultKind
  /** The Nth request from now on; 1, the next one, by default. */
  readonly at?: number
  /** Only requests for this cmdlet; `token` for the token endpoint. */
  readonly cmdlet?: string
  /** How many requests suffer it; 1 by default. */
  readonly times?: number
}

export interface PendingFault {
  readonly kind: FaultKind
  readonly cmdlet: string | null
  /** Requests that it lets pass first. */
  skip: number
  left: number
}

export function addFault(state: SandboxState, { kind, at = 1, cmdlet, times = 1 }: FaultRequest): void {
  state.faults.push({ kind, cmdlet: cmdlet?.toLowerCase() ?? null, skip: Math.max(0, at - 1), left: times })
}

/** Counts a request against the pending faults, and takes the one that it suffers. */
export function takeFault(state: SandboxState, cmdlet: string, isWrite: boolean): FaultKind | undefined {
  const meant = state.faults.filter((fault) => fault.cmdlet === null || fault.cmdlet === cmdlet.toLowerCase())
  const due = meant.filter((fault) => fault.skip === 0 && (isWrite || !faultKinds[fault.kind].writesOnly))
  for (const fault of meant) if (fault.skip > 0) fault.skip -= 1
  const taken = due[0]
  if (taken === undefined) return undefined
  taken.left -= 1
  state.faults = state.faults.filter((fault) => fault.left > 0)
  return taken.kind
}
