import { address, addresses, awsRegion, port, secretText, subscription, text, token } from './values.ts'
import { variable } from './variable.ts'

const dns = 'DNS'
const hosts = 'Providers that host DNS (the one of --dns)'

/** Names for DNS: what is asked, and the credentials of each provider by its own client's names. */
export const dnsVariables = {
  OFFBOARD_RFC2136_KEY_FILE: variable(text, {
    group: dns,
    kind: 'setting',
    meaning: "The key for dynamic update, in BIND's key file format.",
  }),
  OFFBOARD_SMTP_PORT: variable(port, {
    group: dns,
    kind: 'setting',
    meaning: 'The port at which the previous MX must answer; 25 by default.',
  }),
  OFFBOARD_DNS: variable(addresses, {
    group: dns,
    kind: 'endpoint',
    meaning: 'Resolvers, address or address:port, with commas between.',
  }),
  OFFBOARD_RFC2136_SERVER: variable(address, {
    group: dns,
    kind: 'endpoint',
    meaning: 'The server that takes dynamic updates, address:port.',
  }),
  CLOUDFLARE_API_TOKEN: variable(token, {
    group: hosts,
    kind: 'secret',
    meaning: 'cloudflare: an API token that may edit the DNS of the zone (Zone Read, DNS Edit).',
  }),
  AWS_ACCESS_KEY_ID: variable(secretText, {
    group: hosts,
    kind: 'secret',
    meaning: 'route53: the id of an access key.',
  }),
  AWS_SECRET_ACCESS_KEY: variable(secretText, {
    group: hosts,
    kind: 'secret',
    meaning: 'route53: its secret.',
  }),
  AWS_SESSION_TOKEN: variable(token, {
    group: hosts,
    kind: 'secret',
    meaning: 'route53: the token that belongs to a temporary access key.',
  }),
  AWS_REGION: variable(awsRegion, {
    group: hosts,
    kind: 'setting',
    meaning: 'route53: us-east-1 by default; another one for GovCloud and China.',
  }),
  AZURE_SUBSCRIPTION_ID: variable(subscription, {
    group: hosts,
    kind: 'identifier',
    meaning: 'azure: the subscription that holds the zone. The credentials are those of Microsoft 365 above.',
  }),
  GOOGLE_CLOUD_PROJECT: variable(text, {
    group: hosts,
    kind: 'identifier',
    meaning: 'google: the project that holds the zone. The credentials are those of Google Workspace above.',
  }),
}
