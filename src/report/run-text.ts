import type { Entry, EntryEvent, RunRecord } from '../model/journal.ts'
import type { JsonObject } from '../model/json.ts'
import { type Look, layOut, line, type Paragraph, type Section, type Style } from './layout.ts'
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

function styleOfEvent(event: EntryEvent): Style | undefined {
  return event === 'intended' || event === 'began' || event === 'note' ? undefined : styleOf(event)
}

/** Entries that say only when, together; one that says more, by itself. */
function grouped(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const groups: Entry[][] = []
  for (const entry of entries) {
    const before = groups.at(-1)
    const joins = before !== undefined && [...before, entry].every(({ data }) => dataText(data) === '')
    if (joins) before.push(entry)
    else groups.push([entry])
  }
  return groups
}

function entriesLine(entries: readonly Entry[]): Paragraph {
  return {
    indent: 2,
    spans: entries.flatMap(({ at, event, data }, index) => [
      { text: `${index === 0 ? '' : ', '}${moment(at)} ` },
      { text: event, style: styleOfEvent(event) },
      { text: dataText(data) },
    ]),
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
      ...(own.length === 0 ? [line(2, 'nothing yet', 'dim')] : grouped(own).map(entriesLine)),
    ]
  })
  return layOut([header(run), ...sections], look)
}
