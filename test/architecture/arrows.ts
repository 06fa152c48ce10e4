import type { Import } from './imports.ts'
import { isProgram, type Sources } from './sources.ts'

/** What the files of a folder may import, apart from one another. Imports of types count too. */
interface FolderRule {
  /** `*` is any one folder: each is then a folder of its own. */
  readonly folder: string
  readonly folders: readonly string[]
  /** Node's own modules; any, when it is left out. */
  readonly node?: readonly string[]
  /** npm packages; any, when it is left out. */
  readonly packages?: readonly string[]
}

/** `cli → platforms → adapters, footprint → model` and `cli → run → plan, journal → model`. */
const rules: readonly FolderRule[] = [
  { folder: 'src/model', folders: [], node: [], packages: [] },
  { folder: 'src/footprint', folders: ['src/model'], node: ['node:crypto'], packages: ['zod'] },
  { folder: 'src/plan', folders: ['src/model'], node: ['node:crypto'], packages: ['zod'] },
  { folder: 'src/wire', folders: ['src/model'], node: [], packages: ['zod'] },
  { folder: 'adapters/*', folders: ['src/model', 'src/wire'] },
  { folder: 'src/platforms', folders: ['adapters', 'src/footprint', 'src/model'] },
  { folder: 'src/journal', folders: ['src/model'] },
  { folder: 'src/run', folders: ['src/plan', 'src/journal', 'src/model'] },
  { folder: 'src/fleet', folders: ['src/run', 'src/journal', 'src/model'] },
  { folder: 'src/report', folders: ['src/model'] },
  { folder: 'src/guide', folders: ['src/model'] },
  { folder: 'src/auth', folders: ['src/config', 'src/model', 'src/wire'] },
  { folder: 'src/config', folders: ['src/model'] },
  { folder: 'src/sandbox', folders: ['src/footprint', 'src/model'] },
  { folder: 'src/cli', folders: ['src', 'adapters', 'package.json'] },
]

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}

/** The folder of its rule that a file is in: `adapters/dns` for a rule of `adapters/*`. */
function folderOf(path: string, rule: FolderRule): string | undefined {
  const folder = path.split('/').slice(0, rule.folder.split('/').length).join('/')
  const pattern = rule.folder.replace('*', '[^/]+')
  return folder !== path && new RegExp(`^${pattern}$`).test(folder) ? folder : undefined
}

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

function allows(rule: FolderRule, own: string, to: string): boolean {
  if (to.startsWith('node:')) return rule.node?.includes(to) ?? true
  const isOurs = /^(src|adapters|scripts|test|bench|docs|schemas)\/|^package\.json$|^\.\.\//.test(to)
  if (isOurs) return [own, ...rule.folders].some((folder) => isWithin(to, folder))
  return rule.packages?.includes(packageOf(to)) ?? true
}

/** One line for each import of the program, tests aside, that goes against the arrows. */
export function againstArrows(imports: readonly Import[]): string[] {
  return imports
    .filter(({ from }) => isProgram(from))
    .flatMap(({ from, to }) => {
      const rule = rules.find((one) => folderOf(from, one) !== undefined)
      if (rule === undefined) return [`${from}: its folder has no rule`]
      const own = folderOf(from, rule) ?? rule.folder
      return allows(rule, own, to) ? [] : [`${from}: ${own} may not import ${to}`]
    })
}

/** One line for each place outside `src/cli` that ends the process or sets its exit code. */
export function exitsOutsideCli(sources: Sources): string[] {
  return Object.entries(sources)
    .filter(([path]) => isProgram(path) && !isWithin(path, 'src/cli'))
    .filter(([, text]) => /\bprocess\.(exit|exitCode|abort)\b|\bexit\b[^;\n]*from 'node:process'/.test(text))
    .map(([path]) => `${path}: exit codes belong to src/cli`)
}
