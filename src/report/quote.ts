/** A word as a shell wants it: the same in POSIX shells and PowerShell, unless it holds both kinds of quotes. */
export function quote(text: string): string {
  if (/^[\w./:=+-]+$/.test(text)) return text
  if (!text.includes("'")) return `'${text}'`
  return /["$`\\!]/.test(text) ? `'${text.replaceAll("'", "'\\''")}'` : `"${text}"`
}
