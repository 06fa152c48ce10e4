import { Option, Command as Parser } from 'commander'
import type { Command, Context, Input } from './command.ts'
import { commands } from './commands/index.ts'
import { type OptionName, type OptionSpec, optionSpecs } from './options.ts'
import { rootHelp } from './root-help.ts'
import { version } from './version.ts'

function describeOption(spec: OptionSpec): string {
  const values = spec.values === undefined ? '' : ` (${spec.values.join(', ')})`
  const standard = spec.standard === undefined ? '' : ` [${spec.standard}]`
  return `${spec.description}${values}${standard}`
}

function toOption(spec: OptionSpec): Option {
  const option = new Option(spec.flag, describeOption(spec))
  if (spec.repeatable !== true) return option
  return option.argParser((value: string, earlier: readonly string[] | undefined) => [
    ...(earlier ?? []),
    value,
  ])
}

function describe(command: Command): string {
  return command.description === undefined ? command.summary : `${command.summary}\n\n${command.description}`
}

function examplesText(command: Command): string {
  return command.examples.length === 0
    ? ''
    : `\nExamples:\n${command.examples.map((line) => `  ${line}`).join('\n')}`
}

/** The parser of a group such as "sandbox", made when its first command is added. */
function parentOf(root: Parser, words: readonly string[]): Parser {
  return words.reduce((parent, word) => {
    const known = parent.commands.find((child) => child.name() === word)
    return known ?? parent.command(word).description(`${word} commands`).helpCommand(false)
  }, root)
}

type Call = (command: Command, input: Input) => Promise<void>

/** A command as the list of all shows it. */
function addCommand(root: Parser, command: Command): Parser {
  const words = command.name.split(' ')
  const parser = parentOf(root, words.slice(0, -1))
    .command(words.at(-1) ?? '', { hidden: command.hidden === true })
    .summary(command.summary)
  for (const { name, description, required } of command.arguments ?? [])
    parser.argument(required ? `<${name}>` : `[${name}]`, description)
  return parser
}

/** What only the command that is called needs. */
function addOptions(parser: Parser, command: Command, call: Call): void {
  parser.description(describe(command)).addHelpText('after', examplesText(command))
  const names = new Map<string, OptionName>()
  for (const name of command.options) {
    const option = toOption(optionSpecs[name])
    names.set(option.attributeName(), name)
    parser.addOption(option)
  }
  parser.action(async () => {
    const given = Object.entries(parser.opts()).flatMap(([attribute, value]) => {
      const name = names.get(attribute)
      return name === undefined || parser.getOptionValueSource(attribute) === 'default'
        ? []
        : [[name, value] as const]
    })
    await call(command, { arguments: parser.args, options: Object.fromEntries(given) })
  })
}

/** The command line: `call` is given the command that was named, with its words. */
export function createProgram(argv: readonly string[], context: Context, call: Call): Parser {
  const program = new Parser('offboard')
    .version(version, '-V, --version')
    .helpCommand('help [command]')
    .showSuggestionAfterError()
    .showHelpAfterError('See "offboard --help".')
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
      getOutHelpWidth: () => Math.max(60, context.columns),
      getErrHelpWidth: () => Math.max(60, context.columns),
    })
    .exitOverride()
  program.helpInformation = () => rootHelp
  const words = new Set(argv)
  for (const command of commands) {
    const parser = addCommand(program, command)
    if (command.name.split(' ').every((word) => words.has(word))) addOptions(parser, command, call)
  }
  return program
}
