import type { Command } from '../command.ts'
import { outputOptions } from '../options.ts'

export const showCommand: Command = {
  name: 'show',
  summary: 'show one run',
  arguments: [{ name: 'run', description: 'the run', required: true }],
  options: ['stateDir', ...outputOptions],
  examples: ['offboard show RUN'],
  handle: async (input, context) => (await import('../handlers/show.ts')).handleShow(input, context),
}
