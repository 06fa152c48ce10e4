import type { Command } from '../command.ts'
import { connectionOptions, mxOptions, outputOptions } from '../options.ts'

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'check credentials, permissions and tools',
  description: 'Reads only: per check ok, or what to do. That a write is allowed is proven without writing.',
  options: [
    'tenant',
    'platform',
    'region',
    'footprint',
    'remediationApp',
    'revokeGrants',
    'deleteApp',
    'delegationClient',
    'googlePolicyWrites',
    ...mxOptions,
    ...connectionOptions,
    ...outputOptions,
  ],
  examples: [
    'offboard doctor --tenant contoso.com --auth certificate',
    'offboard doctor --tenant contoso.com --remediation-app APPID --revoke-grants',
    'offboard doctor --platform other --domain contoso.com --dns rfc2136 --previous-mx "10 mail.contoso.com"',
    'offboard doctor --platform google-workspace --tenant contoso.com --delegation-client CLIENTID',
  ],
  handle: async (input, context) => (await import('../handlers/doctor.ts')).handleDoctor(input, context),
}
