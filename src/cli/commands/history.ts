import type { Command } from '../command.ts'
import { outputOptions } from '../options.ts'

export const historyCommand: Command = {
  name: 'history',
  summary: 'list the runs so far',
  options: ['prune', 'olderThan', 'stateDir', ...outputOptions],
  examples: ['offboard history', 'offboard history --prune --older-than 365d'],
  handle: async (input, context) => (await import('../handlers/history.ts')).handleHistory(input, context),
}
