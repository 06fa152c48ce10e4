import type { Command } from '../command.ts'
import { outputOptions } from '../options.ts'

export const sandboxShowCommand: Command = {
  name: 'sandbox show',
  summary: 'show what the simulated tenant holds, and what was asked of it',
  options: ['stateDir', ...outputOptions],
  examples: ['offboard sandbox show --json'],
  handle: async (input, context) =>
    (await import('../handlers/sandbox-show.ts')).handleSandboxShow(input, context),
}
