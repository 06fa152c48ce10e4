/** Case and spaces folded: how names and IDs are compared everywhere. */
export function fold(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, '').toLowerCase()
}

export function sameName(a: string, b: string): boolean {
  return fold(a) === fold(b)
}

/** Control, format and bidirectional characters, line and paragraph separators, and lone surrogates. */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

/** Writes characters that would not show, or would change how the line shows, as `\u{…}`. */
export function visible(text: string): string {
  return text.replace(hidden, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
}

/** The id of something that was found: 'rule:NAME', 'ip:ADDRESS'. */
export function changeId(prefix: string, name: string): string {
  return `${prefix}:${visible(name)}`
}
