import { parseDuration } from '../../config/duration.ts'
import type { Context, Input } from '../command.ts'
import { onSandbox } from '../sandbox-command.ts'

/** `sandbox clock +30m`: move the tenant's clock, and with it every wait that goes by it. */
export function handleSandboxClock(input: Input, context: Context): Promise<number> {
  return onSandbox(input, context, async ({ control, argument, print }) => {
    const now =
      argument === undefined
        ? await control.now()
        : await control.clock(parseDuration(argument.replace(/^\+/, ''), 'time'))
    print({ now: now.toISOString() }, now.toISOString())
  })
}
