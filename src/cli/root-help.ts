import type { Command } from './command.ts'
import { commands } from './commands/index.ts'

function callOf({ name, arguments: words = [] }: Command): string {
  return [name, ...words.map((word) => (word.required ? `<${word.name}>` : `[${word.name}]`))].join(' ')
}

const width = Math.max(...commands.map((command) => callOf(command).length))

const commandLines = commands
  .filter((command) => command.hidden !== true)
  .map((command) => `  ${callOf(command).padEnd(width)}  ${command.summary}`)
  .join('\n')

/** What `offboard --help` prints. */
export const rootHelp = `Usage: offboard <command> [options]

Takes tenants off an e-mail security vendor: Perception Point X-Ray, today sold as
FortiMail Workspace Security and as Acronis Email Security.

Commands:
${commandLines}

Options:
  -V, --version  print the version
  -h, --help     print this, or "offboard <command> --help" for a command's options and examples

Exit codes:
  0 done, or a dry run without blocker      5 something could not be proven
  1 failed                                  64 wrong usage or configuration
  2 changes to make (--detailed-exitcode),  75 waiting: come back with "offboard resume"
    or something is present (verify)        130 interrupted
  3 a person must act or decide
  4 refused

Start with:
  offboard run --platform m365-inline --region eu --dry-run --sandbox
  offboard run --platform google-workspace --region eu --dry-run --sandbox
  offboard run --platform other --region eu --dry-run --sandbox --domain contoso.com --previous-mx "10 mail.contoso.com"
`
