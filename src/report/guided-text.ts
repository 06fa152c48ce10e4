import type { GuidedState } from '../model/events.ts'
import { copiedText } from '../model/to-copy.ts'
import { type Look, layOut, line, type Section } from './layout.ts'
import { moment } from './time.ts'
import { styleOf } from './words.ts'

/** What is to be copied stands on a line of its own, whole, under what it is for. */
function numbered(texts: readonly string[]): Section {
  let number = 0
  return texts.map((text) => {
    const copied = copiedText(text)
    if (copied !== undefined)
      return { indent: 5, spans: [{ text: copied, style: 'cyan' as const }], whole: true }
    number += 1
    return { indent: 2, marker: { text: `${number}.` }, spans: [{ text }] }
  })
}

function instructions({ instructions: texts, link, locked }: GuidedState): Section {
  if (locked.length > 0) {
    const reasons = locked.map((text) => ({
      indent: 4,
      marker: { text: '!', style: 'yellow' as const },
      spans: [{ text }],
    }))
    return [line(2, 'Not yet:'), ...reasons]
  }
  return [
    ...numbered(texts),
    ...(link === ''
      ? []
      : [{ indent: 2, spans: [{ text: `See ${link}`, style: 'cyan' as const }], whole: true }]),
  ]
}

/** A guided step: what a person does, why not yet, or who did it. */
export function guidedText(step: GuidedState, look: Look): string {
  const { id, title, optional, outcome, attested, evidence } = step
  const heading = {
    indent: 0,
    marker: { text: 'By hand:', style: 'bold' as const },
    spans: [
      { text: title, style: 'bold' as const },
      { text: ` (${id}${optional ? ', optional' : ''}) ` },
      { text: outcome, style: styleOf(outcome) },
    ],
  }
  if (outcome === 'verified' && evidence !== undefined) return layOut([[heading, line(2, evidence)]], look)
  const shown = outcome === 'action-required' && step.rests !== undefined && evidence !== undefined
  if (attested === undefined)
    return layOut([[heading, ...(shown ? [line(2, evidence)] : []), ...instructions(step)]], look)
  const note = attested.note === undefined ? '' : `: ${attested.note}`
  const said = line(2, `done by ${attested.by}, ${moment(attested.at)}${note}`)
  const unproven =
    outcome === 'unverified' && evidence !== undefined ? [line(2, `not proven: ${evidence}`)] : []
  return layOut([[heading, said, ...unproven]], look)
}
