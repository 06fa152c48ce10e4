import { isBuiltin } from 'node:module'

const statement =
  /^import (?:(?:\* as )?(?<whole>[\w$]+))?(?:, )?(?:\{(?<parts>[^}]*)\})? from "(?<from>[^"]+)";$/gm

/**
 * `require` for the packages that are CommonJS, which an ES module does not have. A line of its own, without an import
 * for the reason below.
 */
export const requireBanner =
  "var require = globalThis.process.getBuiltinModule('node:module').createRequire(import.meta.url);"

/** The groups of `statement` as a variable: `a, {b as c}` is two. */
function declarationOf({ whole, parts, from }: Record<string, string | undefined>): string {
  const pattern = parts && `{${parts.replace(/\s+/g, ' ').replace(/ as /g, ': ')}}`
  const names = [whole, pattern].filter((one) => one !== undefined)
  const source = `globalThis.process.getBuiltinModule(${JSON.stringify(from)})`
  return `var ${names.map((one) => `${one} = ${source}`).join(', ')};`
}

/**
 * Takes Node's own modules of a bundled file from `process.getBuiltinModule` where esbuild wrote an import of them.
 * An import makes Node look up every export of the module, lazily loaded ones too: a quarter of the time in which
 * `offboard --version` starts. Behind the banner, so before all code, and without moving a line: source maps hold.
 * Throws when it cannot read as many imports as the bundler counted.
 */
export function withoutBuiltinImports(text: string, count: number): string {
  const found = [...text.matchAll(statement)].filter(({ groups }) => isBuiltin(groups?.from ?? ''))
  if (found.length !== count || !text.includes(requireBanner)) {
    throw new Error(`read ${found.length} imports of Node's own modules where the bundler counted ${count}`)
  }
  const lines = new Set(found.map(([line]) => line))
  const declarations = found.map(({ groups }) => declarationOf(groups ?? {}))
  return text
    .replace(statement, (line) => (lines.has(line) ? line.replace(/[^\n]/g, '') : line))
    .replace(requireBanner, (banner) => [banner, ...declarations].join(' '))
}
