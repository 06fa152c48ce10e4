import type { Finding, Leftover, Lookalike, Unread } from '../model/plan.ts'
import { type Look, line, type Paragraph, type Section } from './layout.ts'
import { quote } from './quote.ts'
import { count, nounOf } from './words.ts'

/** How many entries of a long list are shown, unless all are asked for. */
const longest = 12

/** The paragraphs of each entry; of a long list the first, and how many more there are. */
export function folded<Entry>(
  entries: readonly Entry[],
  look: Look,
  paragraphs: (entry: Entry) => readonly Paragraph[],
): Section {
  const cut = !look.verbose && entries.length > longest
  const shown = cut ? entries.slice(0, longest - 2) : entries
  const rest = entries.length - shown.length
  const more = cut ? [line(2, `… and ${rest} more: --verbose lists all ${entries.length}`)] : []
  return [...shown.flatMap(paragraphs), ...more]
}

/** '? rule "Junk"', the first line of a finding. */
export function named(found: Finding, marker: Paragraph['marker'], tail = ''): Paragraph {
  return {
    indent: 2,
    ...(marker === undefined ? {} : { marker }),
    spans: [{ text: `${nounOf(found)} ` }, { text: `"${found.name}"`, style: 'bold' }, { text: tail }],
  }
}

/** An option to copy, on a line of its own. */
function option(label: string, text: string): Paragraph {
  return { indent: 4, spans: [{ text: label }, { text, style: 'cyan' }], whole: true }
}

function lookalike(found: Lookalike): readonly Paragraph[] {
  return [
    named(found, { text: '?', style: 'yellow' }, found.detail === '' ? '' : `: ${found.detail}`),
    line(4, found.reason),
    option('to remove it  ', `--include ${quote(found.id)}`),
    option('to keep it    ', `--exclude ${quote(found.id)}`),
  ]
}

/** Lookalikes that wait for a decision, with the options that make it. */
export function undecidedSection(lookalikes: readonly Lookalike[], look: Look): Section {
  const open = lookalikes.filter(({ decision }) => decision === 'undecided')
  if (open.length === 0) return []
  return [line(0, "Kept: looks like the vendor's, decide", 'bold'), ...folded(open, look, lookalike)]
}

/** Things of the vendor outside the procedure, with their harm and remedy. */
export function leftoversSection(leftovers: readonly Leftover[], look: Look): Section {
  if (leftovers.length === 0) return []
  return [
    line(0, 'Leftovers (reported, not touched)', 'bold'),
    ...folded(leftovers, look, (found) => [
      named(found, { text: '*', style: 'yellow' }, `: ${found.reason}`),
      { indent: 4, marker: { text: 'harm:  ', style: 'dim' }, spans: [{ text: found.harm }] },
      { indent: 4, marker: { text: 'remedy:', style: 'dim' }, spans: [{ text: found.remedy }] },
    ]),
  ]
}

/** What was not checked, by the reason why. */
export function unreadSection(unread: readonly Unread[]): Section {
  if (unread.length === 0) return []
  const reasons = Map.groupBy(unread, ({ reason, required }) => `${required}\n${reason}`)
  const groups = [...reasons.values()].toSorted((a, b) => Number(b[0]?.required) - Number(a[0]?.required))
  return [
    line(0, 'Not checked: it could not be read, which is not "nothing there"', 'bold'),
    ...groups.map((group): Paragraph => {
      const [first] = group
      const kinds = group.map(({ kind }) => kind.replaceAll('-', ' ')).join(', ')
      const needed = first?.required === true ? ' (the plan needs it)' : ''
      return {
        indent: 2,
        marker: { text: '?', style: first?.required === true ? 'red' : 'yellow' },
        spans: [{ text: `${kinds}${needed}`, style: 'bold' }, { text: `: ${first?.reason ?? ''}` }],
      }
    }),
  ]
}

/** Things that are there, each with its reason. */
export function findingsSection(title: string, findings: readonly Finding[], look: Look): Section {
  if (findings.length === 0) return []
  return [
    line(0, `${title}: ${count(findings.length, 'object')}`, 'bold'),
    ...folded(findings, look, (found) => [
      named(found, { text: '!', style: 'red' }, `: ${found.reason}`),
      ...(look.verbose ? [line(4, `id: ${found.id}`)] : []),
    ]),
  ]
}
