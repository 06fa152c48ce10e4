import type { RunRecord } from '../model/journal.ts'
import { type Look, layOut, line, type Section } from './layout.ts'
import { moment } from './time.ts'
import { count } from './words.ts'

/** '20261124-081107-k3f9  ended, action-required', and what it was about. */
function runLines({ id, state, outcome, plan, startedAt, updatedAt }: RunRecord): Section {
  const what = plan.purpose === 'restore' ? `restores ${plan.restores ?? ''}` : 'takes off'
  return [
    {
      indent: 0,
      spans: [
        { text: id, style: 'bold' },
        {
          text: `  ${state}, ${outcome ?? 'cut off'}  ${plan.tenant.name}`,
          style: state === 'open' ? 'yellow' : undefined,
        },
      ],
    },
    line(
      2,
      `${what}, ${plan.platform} ${plan.regions.join(',')}, ${count(plan.changes.length, 'change')}, plan ${plan.hash.slice(0, 12)}, started ${moment(startedAt)}, last ${moment(updatedAt)}`,
      'dim',
    ),
  ]
}

/** The runs so far, oldest first. */
export function historyText(runs: readonly RunRecord[], look: Look): string {
  if (runs.length === 0) return layOut([[line(0, 'No runs in this journal.')]], look)
  return layOut([runs.flatMap(runLines)], look)
}
