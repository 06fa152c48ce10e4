import { type Authority, openAuthority } from '../../adapters/dns/authority/open.ts'
import type { Rfc2136Options } from '../../adapters/dns/providers/rfc2136.ts'
import { writableRecordSets } from '../../adapters/dns/resources/bind.ts'
import type { TenantObject, WritableResource } from '../../src/model/resource.ts'
import { approval } from '../dns/cloud.ts'
import type { Bind } from '../support/bind.ts'
import { once, providerAt } from './provider.ts'

function authorityAt(bind: Bind): Authority {
  return openAuthority({
    resolvers: [bind.resolver],
    authorityPort: bind.port,
    attempt: once,
    signal: new AbortController().signal,
    timeoutMs: 500,
  })
}

interface Given {
  readonly domains?: readonly string[]
  /** 'none': a person types the records. */
  readonly provider?: Partial<Rfc2136Options> | 'none'
  readonly zone?: string
}

/** The resources 'mx-set' and 'txt-set' of these domains. */
export function setsAt(bind: Bind, { domains = ['example.com'], provider = {}, zone }: Given = {}) {
  const written = provider === 'none' ? undefined : providerAt(bind, provider).writer(approval())
  const resources = writableRecordSets({
    authority: authorityAt(bind),
    provider: written,
    domains: async () => domains,
    ...(zone === undefined ? {} : { zone }),
  })
  const kind = (name: string): WritableResource => {
    const found = resources.find((resource) => resource.kind === name)
    if (found === undefined) throw new Error(`there is no ${name}`)
    return found
  }
  return { mx: kind('mx-set'), txt: kind('txt-set') }
}

export async function only(resource: WritableResource): Promise<TenantObject> {
  const [object, ...others] = await resource.list()
  if (object === undefined || others.length > 0) throw new Error('there is not exactly one object')
  return object
}
