/** Names that may hold secrets, or choose what the child runs. The child needs none of them. */
const withheld = /^(?:ACTIONS|AZURE|GOOGLE|NODE|OFFBOARD)_|CREDENTIAL|PASSW|SECRET|TOKEN/i

/** Microsoft's module does not read it; one that stands in for it finds the simulated tenant by it. */
const endpoint = 'OFFBOARD_EXCHANGE_URL'

const settings: Readonly<Record<string, string>> = {
  NO_COLOR: '1',
  POWERSHELL_TELEMETRY_OPTOUT: '1',
  POWERSHELL_UPDATECHECK: 'Off',
}

/** What the child inherits of an environment. */
export function childEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const inherited = Object.entries(environment).flatMap(([name, value]): [string, string][] =>
    value === undefined || (name !== endpoint && withheld.test(name)) ? [] : [[name, value]],
  )
  return { ...Object.fromEntries(inherited), ...settings }
}
