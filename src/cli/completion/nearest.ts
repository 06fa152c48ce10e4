/** How many letters must be put in, taken out or replaced to make one word of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

/** The word that is most like a mistyped one; undefined when none is near. */
export function nearest(text: string, words: readonly string[]): string | undefined {
  const near = words
    .map((word) => ({ word, away: distance(text, word) }))
    .filter(({ word, away }) => away <= Math.max(2, word.length / 3))
    .toSorted((one, other) => one.away - other.away)
  return near[0]?.word
}
