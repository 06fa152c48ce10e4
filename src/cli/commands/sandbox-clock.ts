import type { Command } from '../command.ts'
import { outputOptions } from '../options.ts'

export const sandboxClockCommand: Command = {
  name: 'sandbox clock',
  summary: "move the simulated tenant's clock",
  arguments: [
    {
      name: 'time',
      description: 'how far, for example +30m; left out, the time is printed',
      required: false,
    },
  ],
  options: ['stateDir', ...outputOptions],
  examples: ['offboard sandbox clock +30m'],
  handle: async (input, context) =>
    (await import('../handlers/sandbox-clock.ts')).handleSandboxClock(input, context),
}
