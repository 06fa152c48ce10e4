import type { Command } from '../command.ts'
import { outputOptions } from '../options.ts'

export const sandboxResetCommand: Command = {
  name: 'sandbox reset',
  summary: 'make the simulated tenant anew',
  options: ['scenario', 'region', 'stateDir', ...outputOptions],
  examples: ['offboard sandbox reset --scenario default --region eu'],
  handle: async (input, context) =>
    (await import('../handlers/sandbox-reset.ts')).handleSandboxReset(input, context),
}
