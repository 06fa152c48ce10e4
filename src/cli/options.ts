import { dnsProviderIds } from '../model/words.ts'
import { exchangeTransports } from './exchange-transport.ts'

/** One option of the command line, as data: the parser, the help, the completion and the docs read it. */
export interface OptionSpec {
  /** '--region <list>' */
  readonly flag: string
  readonly description: string
  /** May be given several times. */
  readonly repeatable?: true
  /** Values for help, checks and completion. */
  readonly values?: readonly string[]
  /** Shown in the help; the default itself is set where options are read. */
  readonly standard?: string
}

export const optionSpecs = {
  tenant: {
    flag: '--tenant <id>',
    description:
      "the tenant's id or one of its verified domains; of Google the customer id or primary domain",
  },
  platform: {
    flag: '--platform <name>',
    description: 'the procedure to carry out',
    values: ['m365-inline', 'm365-api', 'google-workspace', 'other'],
  },
  region: {
    flag: '--region <list>',
    description: "the vendor's environment: us, eu or au; several with commas",
    values: ['us', 'eu', 'au', 'aus'],
  },
  include: {
    flag: '--include <id>',
    description: 'take this lookalike too; step:ID takes all of a step',
    repeatable: true,
  },
  exclude: { flag: '--exclude <id>', description: 'keep this', repeatable: true },
  allow: { flag: '--allow <id>', description: 'waive this blocker', repeatable: true },
  footprint: {
    flag: '--footprint <file>',
    description: 'more names, hosts and addresses of the vendor (YAML or JSON)',
  },
  remediationApp: {
    flag: '--remediation-app <appid>',
    description: "the vendor's app in Entra, by its application id",
    repeatable: true,
  },
  revokeGrants: { flag: '--revoke-grants', description: 'take the rights of the app away too' },
  deleteApp: { flag: '--delete-app', description: 'remove the app; it can be restored for 30 days' },
  delegationClient: {
    flag: '--delegation-client <id>',
    description: "the vendor's client of domain-wide delegation at Google, by its client id",
    repeatable: true,
  },
  googlePolicyWrites: {
    flag: '--google-policy-writes',
    description: 'try to remove the Gmail rule through the Policy API, which may refuse it',
  },
  domain: {
    flag: '--domain <list>',
    description: 'for other: a domain whose mail goes to the vendor; several with commas',
    repeatable: true,
  },
  previousMx: {
    flag: '--previous-mx <mx>',
    description: 'for other: where mail goes again, "10 mail.example.com", or microsoft365 or google',
    repeatable: true,
  },
  vendorMx: {
    flag: '--vendor-mx <host>',
    description: "a host in MX records that is the vendor's",
    repeatable: true,
  },
  vendorTxt: {
    flag: '--vendor-txt <value>',
    description: "for other: a value at _amazonses that is the vendor's",
    repeatable: true,
  },
  dns: {
    flag: '--dns <provider>',
    description: 'for other: who holds the zone and changes it; manual: a person does',
    values: dnsProviderIds,
    standard: 'manual',
  },
  zone: {
    flag: '--zone <name>',
    description: 'for other: the zone that holds the domains, when they are none',
  },
  drain: {
    flag: '--drain <time>',
    description: 'least wait after the redirect is off; 0 skips it',
    standard: '30m',
  },
  drainMax: {
    flag: '--drain-max <time>',
    description: 'longest wait while mail still comes back',
    standard: '2h',
  },
  effectWait: {
    flag: '--effect-wait <time>',
    description: 'wait until changes at Google are in effect; 0 skips it',
    standard: '24h',
  },
  wait: { flag: '--no-wait', description: 'end with exit code 75 instead of waiting; come back with resume' },
  dryRun: { flag: '--dry-run', description: 'stop after the plan; nothing is written' },
  output: { flag: '-o, --output <file>', description: 'keep the plan in this file' },
  plan: { flag: '--plan <file>', description: 'approve exactly the plan in this file' },
  planHash: { flag: '--plan-hash <hash>', description: 'approve exactly the plan with this hash' },
  planMaxAge: {
    flag: '--plan-max-age <time>',
    description: 'oldest plan file that is accepted',
    standard: '24h',
  },
  yes: { flag: '--yes', description: 'approve whatever the plan is now' },
  detailedExitcode: {
    flag: '--detailed-exitcode',
    description: 'a dry run with changes to make exits with 2',
  },
  message: { flag: '--message <file>', description: "look for the vendor's headers in this message (.eml)" },
  only: { flag: '--only <id>', description: 'put back only this change', repeatable: true },
  enableRedirect: { flag: '--enable-redirect', description: 'switch the redirect rule on again too' },
  by: { flag: '--by <name>', description: 'who says that it is done' },
  note: { flag: '--note <text>', description: 'what was seen' },
  prune: { flag: '--prune', description: 'remove runs that ended long ago; never an open one' },
  olderThan: {
    flag: '--older-than <time>',
    description: 'with --prune: not touched for this long',
    standard: '365d',
  },
  auth: {
    flag: '--auth <method>',
    description: 'how to sign in; by default the one that is configured',
    values: ['certificate', 'secret', 'federated', 'managed-identity', 'device-code', 'azure-cli', 'token'],
  },
  exchange: {
    flag: '--exchange <transport>',
    description: "how Exchange Online is reached: Microsoft's module in PowerShell, or REST",
    values: exchangeTransports,
    standard: 'powershell; with --sandbox rest',
  },
  cloud: {
    flag: '--cloud <name>',
    description: 'the Microsoft cloud',
    values: ['global', 'gcc-high', 'dod', 'china'],
    standard: 'global',
  },
  allowEndpoint: {
    flag: '--allow-endpoint <host>',
    description: 'a host that may get the credentials',
    repeatable: true,
  },
  sandbox: { flag: '--sandbox', description: 'work on the simulated tenant; no credentials are needed' },
  stateDir: { flag: '--state-dir <folder>', description: 'where journal, backups and the sandbox are kept' },
  json: { flag: '--json', description: 'JSON lines on stdout (offboard.events/1)' },
  quiet: { flag: '--quiet', description: 'only what needs you' },
  verbose: { flag: '--verbose', description: 'every detail' },
  color: { flag: '--no-color', description: 'no colours (also NO_COLOR)' },
  logFile: { flag: '--log-file <file>', description: 'write the log here' },
  scenario: {
    flag: '--scenario <name>',
    description: 'what the simulated tenant holds',
    standard: 'default',
  },
  port: { flag: '--port <number>', description: 'listen at this port; a free one by default' },
  at: { flag: '--at <number>', description: 'from this request on, counted from now', standard: '1' },
  cmdlet: { flag: '--cmdlet <name>', description: 'only this cmdlet ("token" for the sign-in)' },
  times: { flag: '--times <number>', description: 'this many times', standard: '1' },
  set: { flag: '--set <name=value>', description: 'an argument of the act', repeatable: true },
} as const satisfies Record<string, OptionSpec>

export type OptionName = keyof typeof optionSpecs

/** Options that nearly every command has. */
export const outputOptions = [
  'json',
  'quiet',
  'verbose',
  'color',
  'logFile',
] as const satisfies readonly OptionName[]

/** How the tenant is reached: the only options besides those of output that `resume` takes anew. */
export const connectionOptions = [
  'auth',
  'exchange',
  'cloud',
  'allowEndpoint',
  'sandbox',
  'stateDir',
] as const satisfies readonly OptionName[]

/** Which MX records are meant, and who holds them. */
export const mxOptions = [
  'domain',
  'previousMx',
  'vendorMx',
  'vendorTxt',
  'dns',
  'zone',
] as const satisfies readonly OptionName[]

/** What is decided before a run. */
export const planOptions = [
  'tenant',
  'platform',
  'region',
  'include',
  'exclude',
  'allow',
  'footprint',
  'remediationApp',
  'revokeGrants',
  'deleteApp',
  'delegationClient',
  'googlePolicyWrites',
  ...mxOptions,
  'drain',
  'drainMax',
  'effectWait',
] as const satisfies readonly OptionName[]

/** How a plan is shown and approved. */
export const approvalOptions = [
  'dryRun',
  'output',
  'plan',
  'planHash',
  'planMaxAge',
  'yes',
  'detailedExitcode',
] as const satisfies readonly OptionName[]
