import type { Command } from '../command.ts'

/** `completed` is asked when a script is made: the list holds this command too. */
export function completionCommand(completed: () => readonly Command[]): Command {
  return {
    name: 'completion',
    summary: 'print a completion script',
    arguments: [{ name: 'shell', description: 'bash, zsh, fish or powershell', required: true }],
    options: [],
    examples: ['source <(offboard completion bash)'],
    handle: async (input, context) =>
      (await import('../handlers/completion.ts')).handleCompletion(input, context, completed()),
  }
}
