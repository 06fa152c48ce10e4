import type { RunEvent } from '../model/events.ts'
import { findingsSection, leftoversSection, named, undecidedSection, unreadSection } from './findings.ts'
import { type Look, layOut, line } from './layout.ts'

export type Found = Extract<RunEvent, { type: 'found' }>

/** What `verify` found: what is surely the vendor's first. */
export function verifyText(found: Found, look: Look): string {
  const excluded = found.lookalikes.filter(({ decision }) => decision === 'exclude')
  return layOut(
    [
      findingsSection("Present, surely the vendor's", found.present, look),
      undecidedSection(found.lookalikes, look),
      excluded.length === 0
        ? []
        : [
            line(0, 'Kept: excluded by you', 'bold'),
            ...excluded.map((one) => named(one, { text: '=' }, `: ${one.reason}`)),
          ],
      leftoversSection(found.leftovers, look),
      unreadSection(found.unread),
    ],
    look,
  )
}
