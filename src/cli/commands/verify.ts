import type { Command } from '../command.ts'
import { connectionOptions, mxOptions, outputOptions } from '../options.ts'

export const verifyCommand: Command = {
  name: 'verify',
  summary: 'look whether anything of the vendor is there',
  description:
    'Reads only. Exits with 0 when clean, 2 when something is present, 5 when it could not be read. With RUN, the result is added to that run.',
  arguments: [{ name: 'run', description: 'the run that the result is added to', required: false }],
  options: [
    'tenant',
    'platform',
    'region',
    'footprint',
    'remediationApp',
    'delegationClient',
    ...mxOptions,
    'message',
    ...connectionOptions,
    ...outputOptions,
  ],
  examples: [
    'offboard verify --platform m365-inline --region eu --tenant contoso.com',
    'offboard verify RUN --message fresh-mail.eml',
  ],
  handle: async (input, context) => (await import('../handlers/verify.ts')).handleVerify(input, context),
}
