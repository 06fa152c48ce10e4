import type { Command } from '../command.ts'

export const completionCommand: Command = {
  name: 'completion',
  summary: 'print a completion script',
  arguments: [{ name: 'shell', description: 'bash, zsh, fish or powershell', required: true }],
  options: [],
  examples: ['source <(offboard completion bash)'],
  handle: async (input, context) =>
    (await import('../handlers/completion.ts')).handleCompletion(input, context),
}
