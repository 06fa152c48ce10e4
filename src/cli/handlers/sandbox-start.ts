import { azureSubscription } from '../../sandbox/dns/azure/admission.ts'
import { cloudDnsProject } from '../../sandbox/dns/google/admission.ts'
import { googleAccount } from '../../sandbox/google/account.ts'
import { xrayAccount } from '../../sandbox/xray/account.ts'
import type { Context, Input } from '../command.ts'
import { onSandbox } from '../sandbox-command.ts'
import { createSandboxNote } from '../sandbox-note.ts'

/** `sandbox start`: the endpoints, as lines that a shell can take into its environment. */
export function handleSandboxStart(input: Input, context: Context): Promise<number> {
  return onSandbox(input, context, async ({ endpoints, control, options, print }) => {
    const environment = {
      OFFBOARD_TENANT: endpoints.tenant,
      OFFBOARD_EXCHANGE_URL: endpoints.exchangeUrl,
      OFFBOARD_GRAPH_URL: endpoints.graphUrl,
      OFFBOARD_LOGIN_URL: endpoints.loginUrl,
      OFFBOARD_GOOGLE_URL: endpoints.googleUrl,
      OFFBOARD_GOOGLE_SUBJECT: googleAccount.subject,
      OFFBOARD_XRAY_URL: endpoints.xrayUrl,
      OFFBOARD_XRAY_ORGANIZATION: xrayAccount.organization,
      OFFBOARD_DNS: endpoints.dns,
      OFFBOARD_SMTP_PORT: endpoints.smtp.split(':').at(-1) ?? '',
      CLOUDFLARE_BASE_URL: new URL('/client/v4', endpoints.dnsApiUrl).href,
      AWS_ENDPOINT_URL_ROUTE_53: endpoints.dnsApiUrl,
      OFFBOARD_AZURE_URL: endpoints.dnsApiUrl,
      AZURE_SUBSCRIPTION_ID: azureSubscription,
      GOOGLE_CLOUD_PROJECT: cloudDnsProject,
    }
    const lines = Object.entries(environment).map(([name, value]) => `${name}=${value}`)
    print(environment, lines.join('\n'))
    const note = createSandboxNote(options, await control.show())
    if (note !== undefined) context.stderr.write(`${note}\n`)
  })
}
