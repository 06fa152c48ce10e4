import type { Command } from '../command.ts'

export const sandboxServeCommand: Command = {
  name: 'sandbox serve',
  summary: 'serve the simulated tenant in this process',
  arguments: [{ name: 'folder', description: 'where its state is kept', required: true }],
  options: ['scenario', 'region', 'port'],
  examples: [],
  hidden: true,
  handle: async (input, context) =>
    (await import('../handlers/sandbox-serve.ts')).handleSandboxServe(input, context),
}
