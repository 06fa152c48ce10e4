import type { ListrTaskWrapper } from 'listr2'
import { visible } from '../model/name.ts'
import type { ItemOutcome } from '../model/words.ts'
import { paint } from './layout.ts'
import type { LiveRenderer } from './live-output.ts'
import { isSettled, styleOf } from './words.ts'

export type ListrRow = ListrTaskWrapper<undefined, typeof LiveRenderer, typeof LiveRenderer>

/** How a change or a wait stands. */
interface Standing {
  readonly outcome: ItemOutcome
  readonly detail?: string | undefined
}

/** A line of the live view: it may be told of before it is drawn, and ends once. */
export interface Row {
  /** Says how it stands; a final outcome ends it. */
  stand(standing: Standing): void
  /** Says what goes on, in words. */
  say(text: string): void
  /** Ends it as it stands, unless it has ended. */
  end(standing: Standing): void
  /** Draws it until it ends. */
  draw(row: ListrRow): Promise<void>
}

/** `passes` are the outcomes that leave the row as passed over, neither done nor failed. */
export function createRow(name: string, color: boolean, passes: readonly ItemOutcome[]): Row {
  const title = visible(name)
  const ended = Promise.withResolvers<Standing>()
  let words = ''
  let drawn: ListrRow | undefined

  function show(text: string): void {
    words = text
    if (drawn !== undefined) drawn.title = `${title}${text}`
  }

  function showStanding({ outcome, detail = '' }: Standing): void {
    const word = paint({ text: outcome, style: styleOf(outcome) }, color)
    show(`  ${word}${detail === '' ? '' : `: ${visible(detail)}`}`)
  }

  return {
    stand(standing) {
      const final = standing.outcome !== 'planned' && standing.outcome !== 'applied'
      if (final) ended.resolve(standing)
      else showStanding(standing)
    },
    say: (text) => show(`  ${visible(text)}`),
    end: ended.resolve,
    async draw(row) {
      drawn = row
      show(words)
      const standing = await ended.promise
      showStanding(standing)
      if (passes.includes(standing.outcome)) row.skip()
      else if (!isSettled(standing.outcome)) throw new Error(standing.outcome)
    },
  }
}
