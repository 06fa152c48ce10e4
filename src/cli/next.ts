import { formatDuration } from '../config/duration.ts'
import { quote } from '../report/quote.ts'
import type { Options } from './parse.ts'

/** How the state of this command is found again: the options that a later command needs too. */
export function stateFlags(options: Options): string {
  const sandbox = options.sandbox ? ' --sandbox' : ''
  const folder = options.stateDir === undefined ? '' : ` --state-dir ${quote(options.stateDir)}`
  return `${sandbox}${folder}`
}

/** The words of an option that was given, for a command line that is shown. */
function words(flag: string, values: readonly (string | undefined)[]): readonly string[] {
  return values.flatMap((value) => (value === undefined ? [] : `${flag} ${quote(value)}`))
}

function time(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : formatDuration(ms)
}

/** What was said of the vendor's app. */
export function appWords({ remediationApp, revokeGrants, deleteApp }: Options): readonly string[] {
  return [
    ...words('--remediation-app', remediationApp),
    ...(revokeGrants ? ['--revoke-grants'] : []),
    ...(deleteApp ? ['--delete-app'] : []),
  ]
}

/** What was said of Google Workspace. */
export function googleWords({ delegationClient, googlePolicyWrites }: Options): readonly string[] {
  return [
    ...words('--delegation-client', delegationClient),
    ...(googlePolicyWrites ? ['--google-policy-writes'] : []),
  ]
}

/** `offboard doctor` for what a command was about. */
export function doctorCommandLine(options: Options): string {
  const given = [
    ...words('--platform', [options.platform]),
    ...words('--tenant', [options.tenant]),
    ...words('--auth', [options.auth]),
    ...words('--exchange', [options.exchange]),
    ...words('--cloud', [options.cloud]),
  ]
  return `${['offboard doctor', ...given].join(' ')}${stateFlags(options)}`
}

/** What was said of MX records. */
export function mxWords({ domain, previousMx, vendorMx, vendorTxt, dns, zone }: Options): readonly string[] {
  return [
    ...words('--domain', domain),
    ...words('--previous-mx', previousMx),
    ...words('--vendor-mx', vendorMx),
    ...words('--vendor-txt', vendorTxt),
    ...words('--dns', [dns]),
    ...words('--zone', [zone]),
  ]
}

/** `offboard run` with a plan file, and what the plan does not hold itself. */
export function planCommand(file: string, options: Options): string {
  const given = [
    ...words('--plan', [file]),
    ...words('--footprint', [options.footprint]),
    ...words('--remediation-app', options.remediationApp),
    ...words('--delegation-client', options.delegationClient),
    ...words('--vendor-mx', options.vendorMx),
    ...words('--auth', [options.auth]),
    ...words('--exchange', [options.exchange]),
    ...words('--cloud', [options.cloud]),
  ]
  return `offboard run ${given.join(' ')}${stateFlags(options)}`
}

/** `offboard run` with the decisions that were given, and without the approval. */
export function runCommand(options: Options): string {
  const given = [
    ...words('--platform', [options.platform]),
    ...words('--region', [options.region?.join(',')]),
    ...words('--tenant', [options.tenant]),
    ...words('--include', options.include),
    ...words('--exclude', options.exclude),
    ...words('--allow', options.allow),
    ...words('--footprint', [options.footprint]),
    ...appWords(options),
    ...googleWords(options),
    ...mxWords(options),
    ...words('--drain', [time(options.drain)]),
    ...words('--drain-max', [time(options.drainMax)]),
    ...words('--effect-wait', [time(options.effectWait)]),
    ...words('--auth', [options.auth]),
    ...words('--exchange', [options.exchange]),
    ...words('--cloud', [options.cloud]),
  ]
  return `offboard run ${given.join(' ')}${stateFlags(options)}`
}
