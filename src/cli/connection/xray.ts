import type { Environment } from '../../config/environment.ts'
import type { SystemReader } from '../../model/adapter.ts'
import { UsageError } from '../../model/errors.ts'
import { version } from '../version.ts'
import type { EndpointsInUse } from './endpoints.ts'
import type { ConnectionInput } from './input.ts'

/** Who reads from the vendor's API. */
interface XrayAccount {
  readonly token: string
  readonly organization: string
}

/** undefined without a token: the vendor's API is then not asked. Throws a UsageError for a token that opens nothing. */
export function xrayAccountOf({
  OFFBOARD_XRAY_TOKEN: token,
  OFFBOARD_XRAY_ORGANIZATION: organization,
}: Environment): XrayAccount | undefined {
  if (token === undefined) return undefined
  if (organization !== undefined) return { token: token.reveal(), organization }
  throw new UsageError({
    tried: "read OFFBOARD_XRAY_TOKEN, which lets the vendor's API be asked",
    said: 'OFFBOARD_XRAY_ORGANIZATION is not set',
    hint: "Set it to the organization's id at the vendor, or leave out the token.",
  })
}

/** The sandbox is asked with its own account: a token of the vendor's is none of its business. */
async function accountInUse({ sandbox }: ConnectionInput, own: XrayAccount): Promise<XrayAccount> {
  if (sandbox === undefined) return own
  return (await import('../../sandbox/xray/account.ts')).xrayAccount
}

export interface XrayConnection {
  /** Sends nothing. */
  open(): Promise<SystemReader>
}

/** The vendor's API; undefined when no token for it is set. */
export function connectXray(input: ConnectionInput, endpoints: EndpointsInUse): XrayConnection | undefined {
  const { environment, footprint, clock, attempts, context } = input
  const own = xrayAccountOf(environment)
  if (own === undefined) return undefined
  return {
    async open() {
      const [{ openXraySystem }, { xrayUrl }, account] = await Promise.all([
        import('../../../adapters/xray/system.ts'),
        import('../../../adapters/xray/organization.ts'),
        accountInUse(input, own),
      ])
      return openXraySystem({
        ...account,
        baseUrl: endpoints.xray ?? xrayUrl(footprint.regions[0] ?? 'us'),
        attempt: attempts.optional,
        signal: context.leaving,
        userAgent: `offboard/${version}`,
        now: () => clock.now(),
      })
    },
  }
}
