import type { Command } from '../command.ts'
import { connectionOptions, outputOptions, planOptions } from '../options.ts'

export const planCommand: Command = {
  name: 'plan',
  summary: 'show what a run would do',
  description: 'The same as "run --dry-run".',
  options: [...planOptions, 'output', 'detailedExitcode', ...connectionOptions, ...outputOptions],
  examples: ['offboard plan --platform m365-inline --region eu --tenant contoso.com -o plan.json'],
  handle: async (input, context) => (await import('../handlers/run.ts')).handlePlan(input, context),
}
