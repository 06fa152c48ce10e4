import * as z from 'zod'

/** Where a sandbox answers. */
export interface SandboxEndpoints {
  /** Root of Exchange, without a path. */
  readonly exchangeUrl: string
  /** Root of Microsoft Graph, without a version. */
  readonly graphUrl: string
  /** Root of the vendor's API. */
  readonly xrayUrl: string
  /** Root of every Google API, and of Google's token endpoint. */
  readonly googleUrl: string
  /** Root of the login service. */
  readonly loginUrl: string
  /** Root of the API of every DNS provider, without a path. */
  readonly dnsApiUrl: string
  /** 'host:port', UDP and TCP. */
  readonly dns: string
  /** 'host:port' of every mail server. */
  readonly smtp: string
  readonly controlUrl: string
  readonly tenantId: string
  /** The tenant's initial domain. */
  readonly tenant: string
  /** The primary domain of the Google customer. */
  readonly googleTenant: string
}

export const endpointsSchema: z.ZodType<SandboxEndpoints> = z.looseObject({
  exchangeUrl: z.string(),
  graphUrl: z.string(),
  xrayUrl: z.string(),
  googleUrl: z.string(),
  loginUrl: z.string(),
  dnsApiUrl: z.string(),
  dns: z.string(),
  smtp: z.string(),
  controlUrl: z.string(),
  tenantId: z.string(),
  tenant: z.string(),
  googleTenant: z.string(),
})
