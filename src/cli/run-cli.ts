import { CommanderError } from 'commander'
import type { Command, Context, Input } from './command.ts'
import { usageExitCode } from './exit-codes.ts'
import { createProgram } from './program.ts'

/** Runs one command line and answers its exit code. Never throws. */
export async function runCli(argv: readonly string[], context: Context): Promise<number> {
  let exitCode = 0
  const program = createProgram(argv, context, async (command: Command, input: Input) => {
    exitCode = await command
      .handle(input, context)
      .catch((error: unknown) => fail(error, command, input, context))
  })
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return exitCode
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? 0 : usageExitCode
  }
}

async function fail(error: unknown, command: Command, input: Input, context: Context): Promise<number> {
  const { reportFailure } = await import('./failure.ts')
  return reportFailure(error, command, input, context)
}
