import type { Command } from '../command.ts'
import { approvalOptions, connectionOptions, outputOptions } from '../options.ts'

export const restoreCommand: Command = {
  name: 'restore',
  summary: 'put back what a run changed',
  description:
    'Itself planned, approved and verified. The redirect rule comes back switched off unless --enable-redirect is given.',
  arguments: [{ name: 'run', description: 'the run', required: true }],
  options: ['only', 'enableRedirect', ...approvalOptions, ...connectionOptions, ...outputOptions],
  examples: [
    'offboard restore RUN --dry-run',
    'offboard restore RUN --only "rule:Perception Point Spam Rule" --yes',
  ],
  handle: async (input, context) => (await import('../handlers/restore.ts')).handleRestore(input, context),
}
