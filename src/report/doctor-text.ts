import type { Check } from '../model/events.ts'
import { type Look, layOut, line, type Section, type Style } from './layout.ts'

const signs: Readonly<Record<Check['ok'], { text: string; style: Style }>> = {
  ok: { text: 'ok     ', style: 'green' },
  missing: { text: 'missing', style: 'red' },
  unknown: { text: 'unknown', style: 'yellow' },
}

function checkLines({ check, ok, detail, remedy }: Check): Section {
  return [
    {
      indent: 0,
      marker: signs[ok],
      spans: [{ text: check, style: 'bold' }, { text: detail === '' ? '' : `: ${detail}` }],
    },
    ...(remedy === undefined
      ? []
      : remedy.split('\n').map((text) => ({ ...line(8, text), whole: looksTyped(text) }))),
  ]
}

/** A command is copied, so it stays on one line. */
function looksTyped(text: string): boolean {
  return /^(?:\s{2,}|\$ |offboard |[A-Z][a-z]+-[A-Z]\w+ )/.test(text)
}

/** What `doctor` looked at, one line for each, with what to do. */
export function doctorText(checks: readonly Check[], look: Look): string {
  return layOut([checks.flatMap(checkLines)], look)
}
