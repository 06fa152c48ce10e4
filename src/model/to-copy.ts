const mark = '  '

/** A line of instructions that a person copies letter by letter: a command, a record. */
export function toCopy(text: string): string {
  return `${mark}${text}`
}

/** What is to be copied of a line; undefined when it is only to be read. */
export function copiedText(line: string): string | undefined {
  return line.startsWith(mark) ? line.slice(mark.length) : undefined
}
