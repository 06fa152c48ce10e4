/** Commands that reach the tenant, and so take --exchange. */
const connecting: ReadonlySet<string> = new Set([
  'run',
  'plan',
  'verify',
  'resume',
  'restore',
  'confirm',
  'doctor',
])

/** A command line that reaches Exchange over REST, unless it says otherwise or a PowerShell is set up for it. */
export function overRest(argv: readonly string[], env: Readonly<Record<string, string>>): readonly string[] {
  const [command = ''] = argv
  const chosen = argv.includes('--exchange') || argv.includes('--sandbox') || env.OFFBOARD_PWSH !== undefined
  return chosen || !connecting.has(command) ? argv : [command, '--exchange', 'rest', ...argv.slice(1)]
}
