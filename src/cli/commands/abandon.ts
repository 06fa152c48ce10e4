import type { Command } from '../command.ts'
import { outputOptions } from '../options.ts'

export const abandonCommand: Command = {
  name: 'abandon',
  summary: 'close a run as it is',
  description: 'Nothing in the tenant is changed. A new run may start; what it finds is what is left.',
  arguments: [{ name: 'run', description: 'the run', required: true }],
  options: ['stateDir', ...outputOptions],
  examples: ['offboard abandon RUN'],
  handle: async (input, context) => (await import('../handlers/abandon.ts')).handleAbandon(input, context),
}
