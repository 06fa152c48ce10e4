import * as z from 'zod'
import type { Source } from '../../src/model/resource.ts'
import { type GraphReader, parsed, path } from './transport.ts'

const domain = z.looseObject({ id: z.string().min(1), isVerified: z.boolean().nullish() })

/** Domains that the directory has proven to be its own. https://learn.microsoft.com/graph/api/domain-list */
function verifiedDomain(graph: GraphReader): Source {
  return {
    kind: 'verified-domain',
    async list() {
      const tried = 'list the domains of the directory'
      const rows = await graph.all({ path: path`/domains`, tried })
      return rows.flatMap((properties) => {
        const { id, isVerified } = parsed(domain, properties, tried)
        return isVerified === false ? [] : { guid: id, name: id, properties }
      })
    },
  }
}

export function bindSources(graph: GraphReader): ReadonlyMap<string, Source> {
  const source = verifiedDomain(graph)
  return new Map([[source.kind, source]])
}
