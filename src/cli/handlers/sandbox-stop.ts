import { sandboxFolder } from '../clock.ts'
import type { Context, Input } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { parseOptions } from '../parse.ts'
import { sandboxStateDir } from '../sandbox-command.ts'

/** `sandbox stop`: end the process; what the tenant holds is kept. */
export async function handleSandboxStop(input: Input, context: Context): Promise<number> {
  const options = parseOptions(input)
  const { stopSandbox } = await import('../../sandbox/index.ts')
  const stopped = await stopSandbox(sandboxFolder(sandboxStateDir(options, context)))
  context.stdout.write(
    options.json ? `${JSON.stringify({ stopped })}\n` : `${stopped ? 'Stopped.' : 'It was not running.'}\n`,
  )
  return exitCodes.done
}
