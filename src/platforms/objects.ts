import type { MatchContext } from '../model/platform.ts'
import type { TenantObject } from '../model/resource.ts'

/** All objects of a kind; none when they could not be read, which the plan says apart. */
export function objectsOf(kind: string, { survey }: Pick<MatchContext, 'survey'>): readonly TenantObject[] {
  const read = survey.objects.get(kind)
  return read?.ok === true ? read.value : []
}

/** The hosts of a domain's MX records, as the DNS source gives them. */
export function mailHosts(domain: TenantObject): readonly string[] {
  const records = domain.properties.records
  if (!Array.isArray(records)) return []
  return records.flatMap((record) => {
    if (record === null || typeof record !== 'object' || Array.isArray(record)) return []
    const host = 'host' in record ? record.host : undefined
    return typeof host === 'string' ? host : []
  })
}
