/** Control and bidirectional characters, line separators and a zero-width mark: what hides or moves text. */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** Whether a text holds a character that hides or moves text. */
export function hasHidden(text: string): boolean {
  return text.search(hidden) !== -1
}

/** A text for people, in quotes: hidden characters as `\u{…}`, cut at 120 characters. */
export function quoted(text: string): string {
  const cut = text.length > 120 ? `${text.slice(0, 120)}…` : text
  const plain = cut.replace(hidden, (c) => `\\u{${c.codePointAt(0)?.toString(16).padStart(4, '0')}}`)
  return `"${plain}"`
}

/** A text of a service, on one line and without hidden characters. */
export function withoutHidden(text: string): string {
  return text.replace(hidden, ' ').trim()
}
