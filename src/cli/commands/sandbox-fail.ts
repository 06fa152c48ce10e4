import type { Command } from '../command.ts'
import { outputOptions } from '../options.ts'

export const sandboxFailCommand: Command = {
  name: 'sandbox fail',
  summary: 'make the simulated tenant fail',
  arguments: [
    {
      name: 'kind',
      description: 'how: throttle, outage, lost-answer, stale-reads, denied, empty-body, ignored-write, hang',
      required: true,
    },
  ],
  options: ['at', 'cmdlet', 'times', 'stateDir', ...outputOptions],
  examples: [
    'offboard sandbox fail throttle --at 3',
    'offboard sandbox fail denied --cmdlet Remove-TransportRule',
  ],
  handle: async (input, context) =>
    (await import('../handlers/sandbox-fail.ts')).handleSandboxFail(input, context),
}
