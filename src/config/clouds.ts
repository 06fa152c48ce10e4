export const cloudIds = ['global', 'gcc-high', 'dod', 'china'] as const
/** A Microsoft cloud. GCC is part of `global`. */
export type CloudId = (typeof cloudIds)[number]

/** A service that has an endpoint of its own. */
export type ServiceId = keyof typeof elsewhere | keyof CloudHosts

/** The hosts of a cloud's services, the one that is used first, and others that are the service's own too. */
interface CloudHosts {
  readonly exchange: readonly [string, ...string[]]
  readonly graph: readonly [string, ...string[]]
  readonly login: readonly [string, ...string[]]
  readonly azure: readonly [string, ...string[]]
}

export interface Cloud {
  readonly hosts: CloudHosts
  /** What a token for Exchange, and for Graph, is asked for. */
  readonly exchangeScope: string
  readonly graphScope: string
  /** The audience that this cloud wants in a token which another identity provider issued. */
  readonly federatedAudience: string
}

/**
 * Sources: https://learn.microsoft.com/exchange/reference/admin-api-get-started,
 * https://learn.microsoft.com/graph/deployments,
 * https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud. The Exchange scopes of the
 * national clouds are inferred from their hosts.
 */
export const clouds: Readonly<Record<CloudId, Cloud>> = {
  global: {
    hosts: {
      exchange: ['outlook.office365.com', 'outlook.office.com'],
      graph: ['graph.microsoft.com'],
      login: [
        'login.microsoftonline.com',
        'login.microsoft.com',
        '.login.microsoft.com',
        'login.windows.net',
      ],
      azure: ['management.azure.com'],
    },
    exchangeScope: 'https://outlook.office365.com/.default',
    graphScope: 'https://graph.microsoft.com/.default',
    federatedAudience: 'api://AzureADTokenExchange',
  },
  'gcc-high': {
    hosts: {
      exchange: ['outlook.office365.us'],
      graph: ['graph.microsoft.us'],
      login: ['login.microsoftonline.us'],
      azure: ['management.usgovcloudapi.net'],
    },
    exchangeScope: 'https://outlook.office365.us/.default',
    graphScope: 'https://graph.microsoft.us/.default',
    federatedAudience: 'api://AzureADTokenExchangeUSGov',
  },
  dod: {
    hosts: {
      exchange: ['outlook-dod.office365.us', 'webmail.apps.mil'],
      graph: ['dod-graph.microsoft.us'],
      login: ['login.microsoftonline.us'],
      azure: ['management.usgovcloudapi.net'],
    },
    exchangeScope: 'https://outlook-dod.office365.us/.default',
    graphScope: 'https://dod-graph.microsoft.us/.default',
    federatedAudience: 'api://AzureADTokenExchangeUSGov',
  },
  china: {
    hosts: {
      exchange: ['outlook.office365.cn', 'partner.outlook.cn'],
      graph: ['microsoftgraph.chinacloudapi.cn'],
      login: ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'],
      azure: ['management.chinacloudapi.cn'],
    },
    exchangeScope: 'https://partner.outlook.cn/.default',
    graphScope: 'https://microsoftgraph.chinacloudapi.cn/.default',
    federatedAudience: 'api://AzureADTokenExchangeChina',
  },
}

/** Services outside the clouds. A name that begins with a dot stands for everything below it. */
const elsewhere = {
  google: ['.googleapis.com'],
  xray: ['api.perception-point.io', 'api.eu.perception-point.io', 'api.aus.perception-point.io'],
  github: ['.actions.githubusercontent.com'],
  cloudflare: ['api.cloudflare.com'],
  // Of each partition: https://docs.aws.amazon.com/general/latest/gr/r53.html
  aws: ['route53.amazonaws.com', 'route53.us-gov.amazonaws.com', 'route53.amazonaws.com.cn'],
} as const satisfies Record<string, readonly string[]>

/** Whether a host is a service's own. */
export function isOwnHost(host: string, service: ServiceId, cloud: CloudId): boolean {
  const hosts: Readonly<Record<ServiceId, readonly string[]>> = { ...clouds[cloud].hosts, ...elsewhere }
  return hosts[service].some((own) => (own.startsWith('.') ? host.endsWith(own) : host === own))
}

/** Where a cloud's services are, unless the environment says otherwise. */
export function defaultUrl(service: keyof CloudHosts, cloud: CloudId): URL {
  return new URL(`https://${clouds[cloud].hosts[service][0]}`)
}
