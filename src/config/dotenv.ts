import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { UsageError } from '../model/errors.ts'

/** A setting of a `.env` file. */
interface DotenvEntry {
  readonly name: string
  readonly value: string
  /** From 1. */
  readonly line: number
}

export interface Dotenv {
  readonly path: string
  readonly entries: readonly DotenvEntry[]
}

const assignment = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)$/s

/**
 * Reads `.env` in a folder; a folder without one has no entries. The values are as node:util reads them. A
 * UsageError names file and line of what is no setting, of an unclosed quote and of a name that comes twice.
 */
export function readDotenv(folder: string): Dotenv {
  const path = join(folder, '.env')
  const lines = contentOf(path)
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
  const entries: DotenvEntry[] = []
  for (let index = 0; index < lines.length; ) {
    const taken = takeEntry(lines, index, path)
    const earlier = taken.entry && entries.find(({ name }) => name === taken.entry?.name)
    if (taken.entry && earlier)
      throw badLine(path, taken.entry.line, `sets ${earlier.name} again, as line ${earlier.line} did`)
    if (taken.entry) entries.push(taken.entry)
    index += taken.lines
  }
  return { path, entries }
}

function takeEntry(
  lines: readonly string[],
  index: number,
  path: string,
): { lines: number; entry?: DotenvEntry } {
  const first = lines[index] ?? ''
  if (/^\s*(?:#|$)/.test(first)) return { lines: 1 }
  const [, name, value] = assignment.exec(first) ?? []
  if (name === undefined || value === undefined) throw badLine(path, index + 1, 'is not NAME=value')
  const count = linesOfValue(lines, index, value)
  if (count === undefined) throw badLine(path, index + 1, `opens a quote for ${name} that nothing closes`)
  const text = lines.slice(index, index + count).join('\n')
  return { lines: count, entry: { name, value: parseEnv(text)[name] ?? '', line: index + 1 } }
}

/** How many lines a value takes: more than one when it is quoted and the quote closes further down. */
function linesOfValue(lines: readonly string[], index: number, value: string): number | undefined {
  const quote = /^["'`]/.exec(value)?.[0]
  if (quote === undefined || value.indexOf(quote, 1) !== -1) return 1
  const closing = lines.findIndex((line, at) => at > index && line.includes(quote))
  return closing === -1 ? undefined : closing - index + 1
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    if (code === 'ENOENT') return ''
    throw new UsageError({ tried: `read ${path}`, said: code, hint: 'Make it readable, or move it away.' })
  }
}

function badLine(path: string, line: number, said: string): UsageError {
  return new UsageError({
    tried: `read ${path}, line ${line}`,
    said: `the line ${said}`,
    hint: 'Write one NAME=value per line; comments begin with #.',
  })
}
