import { createHash } from 'node:crypto'
import type { JsonObject } from '../../../model/json.ts'
import { heldZones, type Zone } from '../zones.ts'
import { cloudflareAccount } from './account.ts'

/** A zone, and the account that it lies in. */
export interface PlacedZone {
  readonly id: string
  readonly zone: Zone
  readonly account: { readonly id: string; readonly name: string }
}

function idOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}

/** All zones but private ones. Those of one name lie in accounts of their own. */
export function placedZones(zones: readonly Zone[]): readonly PlacedZone[] {
  const shown = heldZones(zones).filter(({ status }) => status !== 'private')
  return shown.map((zone, index) => {
    const number = shown.slice(0, index).filter(({ name }) => name === zone.name).length + 1
    const name = number === 1 ? cloudflareAccount.name : `${cloudflareAccount.name} ${number}`
    const id = number === 1 ? cloudflareAccount.id : idOf(`account ${number}`)
    return { id: idOf(`zone ${zone.name} ${number}`), zone, account: { id, name } }
  })
}

/** https://developers.cloudflare.com/api/resources/zones/methods/get/ */
export function presentZone({ id, zone, account }: PlacedZone): JsonObject {
  return {
    id,
    name: zone.name,
    status: zone.status ?? 'active',
    paused: false,
    type: 'full',
    development_mode: 0,
    name_servers: zone.nameServers,
    original_name_servers: null,
    original_registrar: null,
    original_dnshost: null,
    created_on: '2023-02-14T08:31:05.412367Z',
    modified_on: '2024-03-05T09:12:44.118203Z',
    activated_on: '2023-02-14T09:02:51.873310Z',
    account: { ...account },
    permissions: ['#dns_records:edit', '#dns_records:read', '#zone:read'],
    plan: { id: '0feeeeeeeeeeeeeeeeeeeeeeeeeeeeee', name: 'Free Website' },
  }
}
