import { ServiceError } from '../../../src/model/errors.ts'
import type { TenantObject } from '../../../src/model/resource.ts'
import { toDnsName, toHost } from '../domain-name.ts'
import { mapLimited } from '../map-limited.ts'
import { isName } from '../wire/message.ts'
import type { Resolve, Resolved } from '../wire/resolver.ts'
import { type MailTxtName, type MailTxtPlace, placesWith } from './places.ts'
import { textOf } from './text-of.ts'

/** What was learnt at one name. `unresolvable` is "not checked", never "none". */
interface MailTxt {
  readonly domain: string
  readonly place: MailTxtPlace
  /** The name that was asked for, before the domain as it was given. */
  readonly name: string
  readonly state: 'answered' | 'no-record' | 'unresolvable'
  /** Each text whole, its strings joined, as UTF-8. Only those of the place. */
  readonly values: string[]
  /** The name is an alias (CNAME) of this host. */
  readonly target?: string
  readonly reason?: string
}

const atATime = 8

/**
 * What the domains say in TXT about their mail, at the resolver: one object for each name, guid `dmarc:example.com`
 * (for DKIM with the selector), name as it was asked for. One request for each name. Rejects only with the signal's
 * reason.
 */
export async function readMailTxt(
  resolve: Resolve,
  domains: readonly string[],
  selectors: readonly string[] = [],
): Promise<readonly TenantObject[]> {
  const names = domains.flatMap((domain) => placesWith(selectors).map((place) => ({ domain, place })))
  return mapLimited(names, atATime, async ({ domain, place }) =>
    toObject(await readOne(resolve, domain, place)),
  )
}

async function readOne(resolve: Resolve, domain: string, name: MailTxtName): Promise<MailTxt> {
  const { place, prefix } = name
  const asked = { domain, place, name: `${prefix}${domain}` }
  const host = toDnsName(domain)
  if (host === undefined)
    return { ...asked, state: 'unresolvable', values: [], reason: 'it is not a domain name' }
  try {
    return {
      ...asked,
      ...textsOf(await resolve({ name: `${prefix}${host}`, type: 'TXT' }), `${prefix}${host}`, name),
    }
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    return { ...asked, state: 'unresolvable', values: [], reason: error.said ?? error.message }
  }
}

/** A resolver follows aliases: the texts stand at the end of the way. */
function textsOf({ answers }: Resolved, asked: string, { begins }: MailTxtName) {
  const alias = answers.find((answer) => answer.type === 'CNAME' && isName(answer.name, asked))
  const values = answers.flatMap(textOf).filter((text) => begins.test(text))
  const isThere = values.length > 0 || alias !== undefined
  const target = alias?.type === 'CNAME' ? { target: toHost(alias.data) } : {}
  return { state: isThere ? ('answered' as const) : ('no-record' as const), values, ...target }
}

function toObject({ ...properties }: MailTxt): TenantObject {
  const { place, domain, name } = properties
  const guid = place === 'dkim' ? `dkim:${name}` : `${place}:${domain}`
  return { guid, name, properties }
}
