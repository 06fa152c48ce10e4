import cmdlets from './data/cmdlets.json' with { type: 'json' }
import roleCmdlets from './data/role-cmdlets.json' with { type: 'json' }
import ruleParameters from './data/rule-parameters.json' with { type: 'json' }

/** The parameters of a cmdlet: name to type; a `!` behind the type marks one that must be given. */
type Signature = Readonly<Record<string, string>>

/** Cmdlets and parameters as documented for Exchange Online; each of the three data files says one part. */
const signatures: Readonly<Record<string, Signature>> = {
  ...cmdlets,
  ...roleCmdlets,
  'New-TransportRule': { ...ruleParameters['New-TransportRule'], ...ruleParameters.shared },
  'Set-TransportRule': { ...ruleParameters['Set-TransportRule'], ...ruleParameters.shared },
}

export const cmdletNames: readonly string[] = Object.keys(signatures)

const canonical = new Map(cmdletNames.map((name) => [name.toLowerCase(), name]))

/** The cmdlet's name as documented, or undefined when there is no such cmdlet. */
export function findCmdlet(name: string): string | undefined {
  return canonical.get(name.toLowerCase())
}

export function signatureOf(cmdlet: string): Signature {
  return signatures[cmdlet] ?? {}
}

/** Whether a cmdlet could change something. */
export function isWrite(cmdlet: string): boolean {
  return !cmdlet.toLowerCase().startsWith('get-')
}
