import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The project's folder. */
export const root = join(import.meta.dirname, '..', '..')

/** Text files by their path from the project's folder, written with `/`. */
export type Sources = Readonly<Record<string, string>>

const notOurs = new Set(['node_modules', 'dist', 'coverage', '.git'])

function* pathsBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    if (notOurs.has(entry.name)) continue
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) yield* pathsBelow(path)
    else if (entry.isFile()) yield path
  }
}

/** Every file of the project whose path passes `filter`. */
export function readSources(filter: (path: string) => boolean): Sources {
  const paths = [...pathsBelow('')].filter(filter).sort()
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}

export function isTypeScript(path: string): boolean {
  return path.endsWith('.ts')
}

/** What ships: no tests, no tooling. */
export function isProgram(path: string): boolean {
  return isTypeScript(path) && /^(src|adapters)\//.test(path) && !path.endsWith('.test.ts')
}
