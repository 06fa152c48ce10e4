import type { Command } from '../command.ts'
import type { OptionName, OptionSpec } from '../options.ts'

/** A word that can be typed, and what it stands for. */
export interface Word {
  readonly name: string
  readonly description: string
}

/** What may follow: one of these words, the name of a file or a folder, or something that nobody can guess. */
export type Value =
  | { readonly is: 'word'; readonly words: readonly string[] }
  | { readonly is: 'file' }
  | { readonly is: 'folder' }
  | { readonly is: 'other' }

export interface OptionWord {
  /** '--output', '-o': the long one first. */
  readonly flags: readonly [string, ...string[]]
  readonly description: string
  /** undefined for a switch. */
  readonly value: Value | undefined
}

/** A place on the command line: what has been typed so far, and what may come next. */
export interface Place {
  /** '' at the beginning, 'sandbox', 'sandbox start'. */
  readonly path: string
  readonly commands: readonly Word[]
  readonly options: readonly OptionWord[]
  /** Words that the argument may be. */
  readonly values: readonly string[]
}

/** The whole command line, as completion sees it. The first place is the beginning. */
export interface Grammar {
  readonly places: readonly Place[]
}

/** A command without what it does. */
export type CommandSpec = Omit<Command, 'handle'>

export interface GrammarInput {
  readonly commands: readonly CommandSpec[]
  readonly options: Readonly<Record<OptionName, OptionSpec>>
  /** Words for arguments, by 'command argument'. */
  readonly argumentValues: Readonly<Record<string, readonly string[]>>
  /** Words for options, where their own data has none. */
  readonly optionValues: Partial<Readonly<Record<OptionName, readonly string[]>>>
}

const help: OptionWord = { flags: ['--help', '-h'], description: 'show help', value: undefined }
const versionFlag: OptionWord = {
  flags: ['--version', '-V'],
  description: 'show the version',
  value: undefined,
}
const helpCommand: Word = { name: 'help', description: 'show help for a command' }

const placeholders: Readonly<Record<string, Value>> = { file: { is: 'file' }, folder: { is: 'folder' } }

function valueFor(flag: string, words: readonly string[] | undefined): Value | undefined {
  const placeholder = /<([^>]+)>/.exec(flag)?.[1]
  if (placeholder === undefined) return undefined
  if (words !== undefined) return { is: 'word', words }
  return placeholders[placeholder] ?? { is: 'other' }
}

function toOption({ flag, description }: OptionSpec, words: readonly string[] | undefined): OptionWord {
  const [long = flag, ...short] = [...flag.matchAll(/(?:^|[\s,])(--?[\w-]+)/g)]
    .flatMap(([, word]) => word ?? [])
    .toSorted((one, other) => other.length - one.length)
  return { flags: [long, ...short], description, value: valueFor(flag, words) }
}

function commandPlace(command: CommandSpec, input: GrammarInput): Place {
  const { options, optionValues, argumentValues } = input
  const own = command.options.map((name) =>
    toOption(options[name], options[name].values ?? optionValues[name]),
  )
  return {
    path: command.name,
    commands: [],
    options: [...own, help],
    values: (command.arguments ?? []).flatMap(
      ({ name, values }) => values ?? argumentValues[`${command.name} ${name}`] ?? [],
    ),
  }
}

/** The places in which only a command can follow: the beginning, and groups such as `sandbox`. */
function groupPlaces(commands: readonly CommandSpec[]): readonly Place[] {
  const groups = [...new Set(commands.map(({ name }) => name.split(' ').slice(0, -1).join(' ')))]
  const groupWords = groups
    .filter((group) => group !== '')
    .map((name) => ({ name, description: `${name} commands` }))
  const below = (path: string): readonly Word[] =>
    commands.flatMap(({ name, summary }) => {
      const words = name.split(' ')
      const isBelow = words.slice(0, -1).join(' ') === path
      return isBelow ? [{ name: words.at(-1) ?? name, description: summary }] : []
    })
  const top = [...below(''), ...groupWords]
  return [
    { path: '', commands: [...top, helpCommand], options: [help, versionFlag], values: [] },
    { path: 'help', commands: [], options: [], values: top.map(({ name }) => name) },
    ...groupWords.map(({ name }) => ({ path: name, commands: below(name), options: [help], values: [] })),
  ]
}

/** Reads the command data; hidden commands are left out. */
export function toGrammar(input: GrammarInput): Grammar {
  const shown = input.commands.filter((command) => command.hidden !== true)
  return { places: [...groupPlaces(shown), ...shown.map((command) => commandPlace(command, input))] }
}
