/** Where a text stops being JSON. Lines and columns count from 1. */
export interface JsonError {
  readonly line: number
  readonly column: number
  readonly said: string
}

function errorOf(text: string): string | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : 'it cannot be read'
  }
}

/** Whether a beginning of the text is wrong already, however it goes on. */
function isSpoiled(beginning: string): boolean {
  const said = errorOf(beginning)
  if (said === undefined) return false
  const position = /at position (\d+)/.exec(said)?.[1]
  if (position !== undefined) return Number(position) < beginning.length && !said.startsWith('Unterminated')
  return said.startsWith('Unexpected token')
}

/** The length of the longest beginning that may still go on as JSON; the text is not JSON. */
function soundLength(text: string): number {
  let sound = 0
  let spoiled = text.length + 1
  while (spoiled - sound > 1) {
    const middle = Math.floor((sound + spoiled) / 2)
    if (isSpoiled(text.slice(0, middle))) spoiled = middle
    else sound = middle
  }
  return sound
}

/** Says where and why a text is not JSON; undefined when it is. The parser alone does not always name the place. */
export function jsonError(text: string): JsonError | undefined {
  if (errorOf(text) === undefined) return undefined
  const offset = soundLength(text)
  const before = text.slice(0, offset).split('\n')
  const said =
    offset >= text.trimEnd().length
      ? 'it ends too early'
      : `${JSON.stringify(text.slice(offset, offset + 1))} does not belong here`
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, said }
}
