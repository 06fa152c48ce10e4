import type { Command } from '../command.ts'
import { outputOptions } from '../options.ts'

export const sandboxActCommand: Command = {
  name: 'sandbox act',
  summary: 'do what a person does in a console',
  arguments: [{ name: 'name', description: 'the act; left out, they are listed', required: false }],
  options: ['set', 'stateDir', ...outputOptions],
  examples: ['offboard sandbox act add-customer-rule'],
  handle: async (input, context) =>
    (await import('../handlers/sandbox-act.ts')).handleSandboxAct(input, context),
}
