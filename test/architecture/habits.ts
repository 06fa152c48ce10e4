import { isTypeScript, type Sources } from './sources.ts'

/** Something that no file of a kind may hold. */
interface Habit {
  readonly name: string
  readonly applies: (path: string) => boolean
  readonly pattern: RegExp
  /** Comments are prose, in which a pattern for code says nothing. */
  readonly inComments: boolean
}

const isText = (path: string): boolean => !/\.(png|jpe?g|ico|eml)$/.test(path)
const isTest = (path: string): boolean => path.endsWith('.test.ts')

const habits: readonly Habit[] = [
  { name: 'any', applies: isTypeScript, pattern: /(?::\s*|\bas\s+|<|\|\s*)any\b(?!['"])/, inComments: false },
  {
    name: 'enum',
    applies: isTypeScript,
    pattern: /^\s*(?:export\s+)?(?:const\s+)?enum\s+\w/,
    inComments: false,
  },
  {
    name: 'namespace',
    applies: isTypeScript,
    pattern: /^\s*(?:export\s+)?namespace\s+\w/,
    inComments: false,
  },
  { name: 'a cast over unknown', applies: isTypeScript, pattern: /\bas\s+unknown\s+as\b/, inComments: false },
  {
    name: 'a type from import()',
    applies: isTypeScript,
    pattern: /\btypeof\s+import\(|[:<|]\s*import\(/,
    inComments: false,
  },
  {
    name: 'a silenced check',
    applies: isTypeScript,
    pattern: /@ts-(?:ignore|nocheck)|biome-(?:ignore)/,
    inComments: true,
  },
  {
    // In a test it is a proof: it fails where the line would be taken.
    name: 'an expected error outside of tests',
    applies: (path) => isTypeScript(path) && !path.endsWith('.test.ts'),
    pattern: /@ts-(?:expect-error)/,
    inComments: true,
  },
  {
    name: 'unfinished work',
    applies: isTypeScript,
    pattern: /\b(?:TO(?:DO)|FIX(?:ME)|XX(?:X))\b/,
    inComments: true,
  },
  {
    name: 'a test left out',
    applies: isTest,
    pattern: /\b(?:describe|it|test)\.(?:only|skip|todo)\b/,
    inComments: false,
  },
  {
    name: "a machine's own path",
    applies: isText,
    pattern: /(?<![\w.$}*])\/(?:root|work)\/\w/,
    inComments: true,
  },
]

function withoutComments(line: string): string {
  return /^\s*(?:\/\/|\/?\*)/.test(line) ? '' : line
}

/** One line for each place where a file has a habit that its kind may not have. */
export function badHabits(sources: Sources): string[] {
  return Object.entries(sources).flatMap(([path, text]) =>
    text.split('\n').flatMap((line, index) =>
      habits
        .filter(({ applies }) => applies(path))
        .filter(({ pattern, inComments }) => pattern.test(inComments ? line : withoutComments(line)))
        .map(({ name }) => `${path}:${index + 1}: ${name}`),
    ),
  )
}

const longest = 250

/** One line for each file with more lines than one idea takes. */
export function tooLong(sources: Sources): string[] {
  return Object.entries(sources)
    .map(([path, text]) => ({ path, lines: text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > longest)
    .map(({ path, lines }) => `${path}: ${lines} lines, more than ${longest}`)
}
