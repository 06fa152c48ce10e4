import type { Context, Input } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { parseOptions } from '../parse.ts'
import { wantedSandbox } from '../sandbox-command.ts'

/** `sandbox serve FOLDER`: the process in the background. */
export async function handleSandboxServe(input: Input, _context: Context): Promise<number> {
  const { serveSandbox } = await import('../../sandbox/index.ts')
  await serveSandbox(input.arguments[0] ?? '', wantedSandbox(parseOptions(input)))
  return exitCodes.done
}
