import type { Command, Context, Input } from '../command.ts'
import { offboardGrammar } from '../completion/offboard-grammar.ts'
import { findShell, shells } from '../completion/shells.ts'
import { exitCodes } from '../exit-codes.ts'

/** `completion SHELL`: the script that completes this program's commands, options and values. */
export async function handleCompletion(
  input: Input,
  context: Context,
  commands: readonly Command[],
): Promise<number> {
  const shell = findShell(input.arguments[0] ?? '')
  context.stdout.write(shells[shell](await offboardGrammar(commands)))
  return exitCodes.done
}
