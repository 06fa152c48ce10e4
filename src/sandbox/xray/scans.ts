import type { JsonObject } from '../../model/json.ts'
import { guidOf } from '../tenant/ids.ts'
import type { SandboxState } from '../tenant/state.ts'
import { isScanned } from '../tenant/vendor.ts'
import type { Entry, Span } from './list.ts'

const minute = 60_000
/** How long the vendor keeps them. */
export const scanReach = 30 * 24 * 60 * minute

/** One message in so many is not clean. */
const verdicts = [
  [97, 'MAL'],
  [31, 'BLK'],
  [11, 'SPM'],
] as const

function verdictOf(index: number): string {
  return verdicts.find(([every]) => index % every === 0)?.[1] ?? 'CLN'
}

interface Scan {
  readonly id: number
  readonly at: number
  readonly verdict: string
}

/** The scans of a span, oldest first: one a minute while mail is scanned. */
function* scansBetween(state: SandboxState, { from, to }: Span): Generator<Scan> {
  for (let id = Math.ceil(from / minute); id * minute <= to; id += 1) {
    const at = id * minute
    if (isScanned(state, at)) yield { id, at, verdict: verdictOf(id) }
  }
}

function* entries(
  state: SandboxState,
  span: Span,
  keep: (scan: Scan) => boolean,
  show: (scan: Scan) => JsonObject,
): Generator<Entry> {
  for (const scan of scansBetween(state, span)) if (keep(scan)) yield { id: scan.id, row: show(scan) }
}

function wanted({ searchParams }: URL): readonly string[] {
  return [...searchParams.getAll('verbose_verdict[]'), ...searchParams.getAll('verbose_verdict')]
}

export function scanEntries(state: SandboxState, url: URL, span: Span): Generator<Entry> {
  const verdicts = wanted(url)
  return entries(
    state,
    span,
    ({ verdict }) => verdicts.length === 0 || verdicts.includes(verdict),
    ({ id, at, verdict }) => ({
      id,
      full_scan_id: guidOf(`scan ${id}`),
      timestamp: at / 1000,
      organization_id: Number(state.vendor.organization),
      verbose_verdict: verdict,
      sample_type_str: 'inbound-email',
    }),
  )
}

export function incidentEntries(state: SandboxState, url: URL, span: Span): Generator<Entry> {
  const verdicts = wanted(url)
  return entries(
    state,
    span,
    ({ verdict }) => (verdicts.length === 0 ? verdict !== 'CLN' : verdicts.includes(verdict)),
    ({ id, at, verdict }) => ({
      'Scan Id': id,
      Timestamp: at / 1000,
      Verdict: verdict,
      Sender: `sender${id % 7}@example.net`,
    }),
  )
}
