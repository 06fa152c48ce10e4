import * as z from 'zod'
import type { JsonObject } from '../../src/model/json.ts'
import type { RegionId } from '../../src/model/words.ts'
import { type Known, known, unknown } from './knowledge.ts'

/** The customer's organization at the vendor. */
export interface Organization {
  readonly id: string
  readonly name: string
  /** Whether the vendor calls it active; undefined when it does not say. */
  readonly active: boolean | undefined
  /** The region of its environment; undefined when its address is none that is known. */
  readonly region: RegionId | undefined
  /** As it was answered. */
  readonly whole: JsonObject
}

/** https://docs.perception-point.io/WP/Content/API.htm */
const regionByHost: Readonly<Record<string, RegionId>> = {
  'api.perception-point.io': 'us',
  'api.eu.perception-point.io': 'eu',
  'api.aus.perception-point.io': 'au',
}

/** Where the API of a region answers. */
export function xrayUrl(region: RegionId): URL {
  const [host] = Object.entries(regionByHost).find(([, id]) => id === region) ?? ['api.perception-point.io']
  return new URL(`https://${host}`)
}

const form = z.looseObject({
  id: z.union([z.number(), z.string()]).transform(String),
  name: z.string(),
  active: z.boolean().nullish().catch(undefined),
  environment: z.looseObject({ api_url: z.string().nullish() }).nullish().catch(undefined),
})

const whole: z.ZodType<JsonObject> = z.record(z.string(), z.json())

function regionOf(address: string): RegionId | undefined {
  const url = URL.parse(address.includes('://') ? address : `https://${address}`)
  return url === null ? undefined : regionByHost[url.hostname]
}

/** Reads an answer; unknown when it is not this organization in a form that we know. */
export function readOrganization(answer: unknown, id: string): Known<Organization> {
  const object = whole.safeParse(answer).data
  const parsed = form.safeParse(answer).data
  if (object === undefined || parsed === undefined)
    return unknown("the vendor's API answered the organization in a form that is not known")
  if (parsed.id !== id) return unknown(`the vendor's API answered another organization (${parsed.id})`)
  const { name, active, environment } = parsed
  const address = environment?.api_url ?? undefined
  return known({
    id,
    name,
    active: active ?? undefined,
    region: address === undefined ? undefined : regionOf(address),
    whole: object,
  })
}
