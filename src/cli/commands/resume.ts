import type { Command } from '../command.ts'
import { connectionOptions, outputOptions } from '../options.ts'

export const resumeCommand: Command = {
  name: 'resume',
  summary: 'go on with a run',
  description:
    'Goes on where a run was stopped, killed or is waiting; a run that has ended is checked once more. Without RUN: the one that is open.',
  arguments: [{ name: 'run', description: 'the run; may be left out when one is open', required: false }],
  options: ['wait', ...connectionOptions, ...outputOptions],
  examples: ['offboard resume', 'offboard resume RUN --no-wait'],
  handle: async (input, context) => (await import('../handlers/resume.ts')).handleResume(input, context),
}
