import type { Command } from '../command.ts'
import { approvalOptions, connectionOptions, outputOptions, planOptions } from '../options.ts'

export const runCommand: Command = {
  name: 'run',
  summary: 'take a tenant off the vendor',
  description:
    "Surveys the tenant, shows the plan, asks for approval, carries it out step by step, and proves each change by reading. Approve by typing the tenant's name, or with --plan, --plan-hash or --yes.",
  options: [...planOptions, 'wait', ...approvalOptions, ...connectionOptions, ...outputOptions],
  examples: [
    'offboard run --platform m365-inline --region eu --dry-run',
    'offboard run --platform m365-inline --region eu --tenant contoso.com --dry-run -o plan.json',
    'offboard run --platform m365-inline --region eu --tenant contoso.com --remediation-app APPID --dry-run',
    'offboard run --platform google-workspace --region eu --tenant contoso.com --delegation-client CLIENTID --dry-run',
    'offboard run --platform other --region eu --domain contoso.com --previous-mx "10 mail.contoso.com" --vendor-mx HOST --dry-run',
    'offboard run --plan plan.json',
    'offboard run --platform m365-inline --region eu --sandbox --yes --no-wait',
  ],
  handle: async (input, context) => (await import('../handlers/run.ts')).handleRun(input, context),
}
