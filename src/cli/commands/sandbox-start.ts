import type { Command } from '../command.ts'
import { outputOptions } from '../options.ts'

export const sandboxStartCommand: Command = {
  name: 'sandbox start',
  summary: 'start the simulated tenant',
  description:
    'Runs in the background and prints its endpoints as environment lines. What it holds outlives it.',
  options: ['scenario', 'region', 'port', 'stateDir', ...outputOptions],
  examples: ['offboard sandbox start', 'offboard sandbox start --scenario routing-rule --region us'],
  handle: async (input, context) =>
    (await import('../handlers/sandbox-start.ts')).handleSandboxStart(input, context),
}
