import { getToken, type RawClient, rawClient } from '../../src/sandbox/test-client.ts'
import type { World } from './world.ts'

/** Somebody with rights of their own, who works on the tenant through the service, and not with this program. */
export async function administrator({ env, tenantId }: World): Promise<RawClient> {
  const endpoints = {
    exchangeUrl: env.OFFBOARD_EXCHANGE_URL ?? '',
    graphUrl: env.OFFBOARD_GRAPH_URL ?? '',
    xrayUrl: env.OFFBOARD_XRAY_URL ?? '',
    googleUrl: '',
    dnsApiUrl: '',
    loginUrl: env.OFFBOARD_LOGIN_URL ?? '',
    dns: env.OFFBOARD_DNS ?? '',
    smtp: '',
    controlUrl: '',
    tenantId,
    tenant: env.OFFBOARD_TENANT ?? '',
    googleTenant: '',
  }
  return rawClient(endpoints, await getToken(endpoints))
}
