/** A character that takes no column, or two. */
const narrow = /^\p{M}$/u
const wide =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]$/u

function columnsOf(character: string): number {
  if (narrow.test(character)) return 0
  return wide.test(character) ? 2 : 1
}

/** How many columns of a terminal a text takes. */
export function widthOf(text: string): number {
  let sum = 0
  for (const character of text) sum += columnsOf(character)
  return sum
}

/** Cuts a word that is wider than `width` into pieces that are not. */
export function pieces(word: string, width: number): readonly string[] {
  if (widthOf(word) <= width) return [word]
  const cut: string[] = []
  let piece = ''
  for (const character of word) {
    if (widthOf(piece) + columnsOf(character) > width) {
      cut.push(piece)
      piece = ''
    }
    piece += character
  }
  return [...cut, piece]
}
