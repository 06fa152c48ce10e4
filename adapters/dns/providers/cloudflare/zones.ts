import * as z from 'zod'
import { ServiceError } from '../../../../src/model/errors.ts'
import { chooseZone, type Delegation, type FoundZone } from '../shared/choose-zone.ts'
import { plainName } from '../shared/values.ts'
import type { Call } from './client.ts'

/** A zone of an account that the token sees. */
export interface CloudflareZone extends FoundZone {
  readonly id: string
  /** 'active' when its name servers are those that the zone is delegated to; as far as Cloudflare knows. */
  readonly status: string
}

const zoneSchema = z.looseObject({
  id: z.string().min(1),
  name: z.string(),
  status: z.string().nullish(),
  account: z.looseObject({ name: z.string().nullish() }).nullish(),
  name_servers: z.array(z.string()).nullish(),
  /** Name servers under names of the customer's own: then these are delegated to. */
  vanity_name_servers: z.array(z.string()).nullish(),
})

function cloudflareZone(row: unknown, tried: string): CloudflareZone & { readonly name: string } {
  const { data } = zoneSchema.safeParse(row)
  if (data === undefined) throw new ServiceError({ tried, said: 'an answer in a form that is not known' })
  const { id, name, status, account, name_servers, vanity_name_servers } = data
  const servers = vanity_name_servers?.length ? vanity_name_servers : (name_servers ?? [])
  return {
    id,
    name: plainName(name),
    status: status ?? '',
    label: `the account "${account?.name ?? ''}", ${status ?? 'status unknown'}`,
    nameServers: servers.map(plainName),
  }
}

/** The zone of this name. Of several, the one that is active, or else delegated to. Errors as of `chooseZone`. */
export async function findZone(
  call: Call,
  name: string,
  delegation: Delegation | undefined,
): Promise<CloudflareZone> {
  const tried = `look the zone ${name} up at Cloudflare`
  const rows = await call(tried, async ({ zones }) => {
    const listed: unknown[] = []
    for await (const zone of zones.list({ name, per_page: 50 })) listed.push(zone)
    return listed
  })
  const found = rows.map((row) => cloudflareZone(row, tried)).filter((zone) => zone.name === name)
  const active = found.filter(({ status }) => status === 'active')
  return chooseZone(active.length === 1 ? active : found, name, 'the Cloudflare account', delegation)
}
