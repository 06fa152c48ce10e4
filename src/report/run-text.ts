import type { Entry, RunRecord } from '../model/journal.ts'
import type { JsonObject } from '../model/json.ts'
import { type Look, layOut, line, type Paragraph, type Section } from './layout.ts'
import { moment } from './time.ts'
import { styleOf } from './words.ts'

const ways: Readonly<Record<RunRecord['approval']['how'], string>> = {
  typed: "by typing the tenant's name",
  'plan-file': 'with the plan file',
  'plan-hash': 'with the plan hash',
  yes: 'with --yes',
}

function header({ id, state, outcome, plan, approval, startedAt, updatedAt }: RunRecord): Section {
  const what = plan.purpose === 'restore' ? `Restore of run ${plan.restores ?? ''}` : 'Run'
  return [
    line(0, `${what} ${id}: ${state}, ${outcome ?? 'cut off'}`, 'bold'),
    line(2, `tenant    ${plan.tenant.name} (${plan.tenant.guid})`),
    line(2, `platform  ${plan.platform} ${plan.regions.join(',')}`),
    line(2, `times     ${moment(startedAt)} to ${moment(updatedAt)}`),
    line(2, `approved  by ${approval.who} ${ways[approval.how]}, ${moment(approval.at)}`),
    { indent: 2, spans: [{ text: `plan      ${plan.hash}` }], whole: true },
  ]
}

function dataText(data: JsonObject | undefined): string {
  if (data === undefined) return ''
  const parts = Object.entries(data).map(
    ([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  return parts.length === 0 ? '' : `: ${parts.join('; ')}`
}

function entryLine({ at, event, data }: Entry): Paragraph {
  const style = event === 'intended' || event === 'began' || event === 'note' ? undefined : styleOf(event)
  return {
    indent: 2,
    marker: { text: moment(at), style: 'dim' },
    spans: [{ text: event, style }, { text: dataText(data) }],
  }
}

/** Subjects in the plan's order; then what else the journal holds. */
function subjects({ plan }: RunRecord, entries: readonly Entry[]): readonly string[] {
  const planned = [...plan.changes, ...plan.waits, ...plan.guided].map(({ id }) => id)
  return [...new Set([...planned, ...entries.map(({ subject }) => subject)])]
}

/** One run with all that happened in it, by change, wait and guided step. */
export function runText(run: RunRecord, entries: readonly Entry[], look: Look): string {
  const known = Map.groupBy(entries, ({ subject }) => subject)
  const sections = subjects(run, entries).map((id): Section => {
    const own = known.get(id) ?? []
    const title = id === 'run' ? 'The run itself' : id
    return [
      line(0, title, 'bold'),
      ...(own.length === 0 ? [line(2, 'nothing yet', 'dim')] : own.map(entryLine)),
    ]
  })
  return layOut([header(run), ...sections], look)
}
