import type { Command } from '../command.ts'
import { connectionOptions, outputOptions } from '../options.ts'

export const confirmCommand: Command = {
  name: 'confirm',
  summary: 'say that a guided step is done',
  description: 'Reads the tenant first: a step that is locked is refused.',
  arguments: [
    { name: 'run', description: 'the run', required: true },
    { name: 'step', description: 'the guided step, for example vendor-console', required: true },
  ],
  options: ['by', 'note', ...connectionOptions, ...outputOptions],
  examples: ['offboard confirm RUN vendor-console --by "Ada Lovelace" --note "status Inactive"'],
  handle: async (input, context) => (await import('../handlers/confirm.ts')).handleConfirm(input, context),
}
