import type { Command } from '../command.ts'
import { outputOptions } from '../options.ts'

export const sandboxFailCommand: Command = {
  name: 'sandbox fail',
  summary: 'make the simulated tenant fail',
  description:
    'A request to Exchange is named by its cmdlet, one to Graph by its method and the last resource of its path ("GET servicePrincipals", "PATCH servicePrincipals", "DELETE appRoleAssignedTo", "POST restore"), one to the vendor by its method and resource ("GET scans/list").',
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
    "offboard sandbox fail stale-reads --cmdlet 'DELETE oauth2PermissionGrants'",
  ],
  handle: async (input, context) =>
    (await import('../handlers/sandbox-fail.ts')).handleSandboxFail(input, context),
}
