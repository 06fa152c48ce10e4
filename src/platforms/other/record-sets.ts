import type { PlannedRecordSet } from '../../model/plan.ts'
import type { DecidedContext } from '../../model/platform.ts'
import { sesName } from './ids.ts'
import { hasWork, type MailDomain, mailDomains } from './mail-domain.ts'

function mxSet(found: MailDomain): readonly PlannedRecordSet[] {
  const { domain, mx, after } = found
  if (!hasWork(found)) return []
  const { zone, ttl, values: before } = mx
  return [{ zone, name: domain, type: 'MX', ttl, before, after, restsOn: 'object' }]
}

function txtSet({ domain, txt, txtValues }: MailDomain): readonly PlannedRecordSet[] {
  const { zone, ttl, values: before } = txt
  const name = sesName(domain)
  const after = txtValues.filter(({ goes }) => !goes).map(({ value }) => value)
  if (after.length === before.length) return []
  return [{ zone, name, type: 'TXT', ttl, before, after, restsOn: 'edit' }]
}

/** The sets of each domain that lose or gain something, whole. */
export function recordSets(context: DecidedContext): readonly PlannedRecordSet[] {
  return mailDomains(context).read.flatMap((found) => [...mxSet(found), ...txtSet(found)])
}
