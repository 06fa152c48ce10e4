import type { FetchPolicy } from '../../../../adapters/dns/mta-sts/fetch.ts'
import type { SandboxEndpoints } from '../../../sandbox/endpoints.ts'

/** How MTA-STS policies are fetched in the sandbox, which serves no HTTPS; undefined: as everywhere. */
export function sandboxPolicies(sandbox: SandboxEndpoints | undefined): FetchPolicy | undefined {
  if (sandbox === undefined) return undefined
  return async (domain) => {
    const { sandboxControl } = await import('../../../sandbox/index.ts')
    const { dns } = await (await sandboxControl(sandbox.controlUrl)).show()
    const body = dns.mtaSts[domain]
    return body === undefined ? { status: 404, body: '' } : { status: 200, body }
  }
}
