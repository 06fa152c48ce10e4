import type { MxDecisions, Plan, PlannedRecordSet } from '../model/plan.ts'
import type { DnsProviderId } from '../model/words.ts'
import { line, type Paragraph, type Section } from './layout.ts'

/** Who holds the zones, as people call it. */
const providers: Readonly<Record<DnsProviderId, string>> = {
  manual: 'typed by hand',
  rfc2136: 'dynamic update (RFC 2136)',
  cloudflare: 'Cloudflare',
  route53: 'Amazon Route 53',
  azure: 'Azure DNS',
  google: 'Google Cloud DNS',
}

function goingBack({ previous }: MxDecisions): string {
  return previous.length === 0 ? 'no MX to go back to' : `back to ${previous.join(', ')}`
}

/** What was decided about DNS, for the head of a plan. */
export function dnsHeader({ decisions: { mx }, purpose }: Plan): Section {
  if (mx === undefined) return []
  const zone = mx.zone === undefined ? '' : `, zone ${mx.zone}`
  return [
    line(2, `domains   ${mx.domains.join(', ')}${zone}`),
    line(2, `DNS       ${providers[mx.provider]}${purpose === 'offboard' ? `; ${goingBack(mx)}` : ''}`),
  ]
}

/** Whether a value goes, comes or stays. */
function valueLine(value: string, { before, after }: PlannedRecordSet): Paragraph {
  const [was, will] = [before.includes(value), after.includes(value)]
  if (was && will) return { indent: 4, marker: { text: '=', style: 'dim' }, spans: [{ text: value }] }
  return was
    ? { indent: 4, marker: { text: '-', style: 'red' }, spans: [{ text: value, style: 'red' }] }
    : { indent: 4, marker: { text: '+', style: 'green' }, spans: [{ text: value, style: 'green' }] }
}

/** Each set of records, whole: what comes, what goes and what stays. */
export function recordSetsSection({ recordSets = [] }: Plan): Section {
  if (recordSets.length === 0) return []
  return [
    line(0, 'Record sets, before and after', 'bold'),
    ...recordSets.flatMap((set) => [
      line(2, `${set.type} of ${set.name} (zone ${set.zone}, TTL ${set.ttl} s)`),
      ...[...new Set([...set.before, ...set.after])].map((value) => valueLine(value, set)),
    ]),
  ]
}
