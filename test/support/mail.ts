import type { DnsProviderId } from '../../src/model/words.ts'
import { azureSubscription } from '../../src/sandbox/dns/azure/admission.ts'
import { cloudflareAccount } from '../../src/sandbox/dns/cloudflare/account.ts'
import { cloudDnsProject } from '../../src/sandbox/dns/google/admission.ts'
import { route53Account } from '../../src/sandbox/dns/route53/account.ts'
import { makeAccessToken } from '../../src/sandbox/google/access-token.ts'
import { otherNames } from '../../src/sandbox/scenarios/other/names.ts'
import { type Outcome, openWorld, type World, type WorldOptions } from './world.ts'

/** Who holds the zone in the sandbox. */
export type SandboxProvider = Exclude<DnsProviderId, 'rfc2136'>

export const cloudProviders = [
  'cloudflare',
  'route53',
  'azure',
  'google',
] as const satisfies readonly SandboxProvider[]

export interface MailWorldOptions extends WorldOptions {
  readonly provider?: SandboxProvider
}

/** A customer whose mail goes to the vendor by its MX. */
export interface MailWorld extends World {
  /** `run` on its domain, back to its previous MX, by its provider. */
  leave(...argv: readonly string[]): Promise<Outcome>
}

/** Where each provider is, and with which credential. */
const credentials: Readonly<Record<SandboxProvider, (root: string) => Readonly<Record<string, string>>>> = {
  manual: () => ({}),
  cloudflare: (root) => ({
    CLOUDFLARE_BASE_URL: `${root}/client/v4`,
    CLOUDFLARE_API_TOKEN: cloudflareAccount.token,
  }),
  route53: (root) => ({
    AWS_ENDPOINT_URL_ROUTE_53: root,
    AWS_ACCESS_KEY_ID: route53Account.accessKeyId,
    AWS_SECRET_ACCESS_KEY: route53Account.secretAccessKey,
    AWS_REGION: 'eu-central-1',
  }),
  azure: (root) => ({ OFFBOARD_AZURE_URL: root, AZURE_SUBSCRIPTION_ID: azureSubscription }),
  google: (root) => ({
    OFFBOARD_GOOGLE_URL: root,
    GOOGLE_CLOUD_PROJECT: cloudDnsProject,
    OFFBOARD_GOOGLE_TOKEN: makeAccessToken({
      client: 'client',
      user: null,
      scopes: ['https://www.googleapis.com/auth/ndev.clouddns.readwrite'],
    }).access_token,
  }),
}

/** The words by which a run leaves the vendor. */
export function leaving(provider: SandboxProvider, domains: readonly string[] = [otherNames.domain]) {
  const named = ['--previous-mx', `10 ${otherNames.previousMx}`, '--vendor-txt', otherNames.vendorTxt]
  return ['--domain', domains.join(','), ...named, '--dns', provider]
}

export async function openMailWorld(options: MailWorldOptions = {}): Promise<MailWorld> {
  const { provider = 'cloudflare', ...others } = options
  const world = await openWorld({ scenario: 'other-default', ...others, platform: 'other' })
  Object.assign(world.env, credentials[provider](world.root))
  return {
    ...world,
    leave: (...argv) => world.run(...leaving(provider), ...argv),
  }
}
