/** Nothing that breaks a line, or is not seen, gets into a script. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
}

/** One word of bash or zsh, in which nothing is expanded. */
export function quoteShell(text: string): string {
  return `'${oneLine(text).replaceAll("'", "'\\''")}'`
}

/** One word of fish, in which nothing is expanded. */
export function quoteFish(text: string): string {
  return `'${oneLine(text).replace(/[\\']/g, '\\$&')}'`
}

/** One string of PowerShell, in which nothing is expanded. It takes typographic quotes for straight ones. */
export function quotePowershell(text: string): string {
  return `'${oneLine(text).replace(/['\u2018-\u201b]/g, '$&$&')}'`
}
