import type { Command } from '../command.ts'
import { outputOptions } from '../options.ts'

export const sandboxStopCommand: Command = {
  name: 'sandbox stop',
  summary: 'stop the simulated tenant; what it holds is kept',
  options: ['stateDir', ...outputOptions],
  examples: ['offboard sandbox stop'],
  handle: async (input, context) =>
    (await import('../handlers/sandbox-stop.ts')).handleSandboxStop(input, context),
}
