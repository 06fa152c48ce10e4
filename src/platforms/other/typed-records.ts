import { toDnsName } from '../../../adapters/dns/domain-name.ts'
import { parseMx } from '../../../adapters/dns/presentation.ts'

/** How long resolvers may keep a set that a person makes anew, in seconds. */
const newTtl = 3600

/** One record as a zone file has it: `example.com. 3600 IN MX 10 mail.example.com.` */
export function zoneFileLine(name: string, type: 'MX' | 'TXT', ttl: number, value: string): string {
  const data = type === 'MX' ? `${value.replace(/\.$/, '')}.` : value
  return `${toDnsName(name) ?? name}. ${ttl === 0 ? newTtl : ttl} IN ${type} ${data}`
}

/** One MX record as the forms of DNS providers ask for it. */
export function mxInWords(name: string, ttl: number, value: string): string {
  const { preference, host } = parseMx(value)
  return `name ${name} (or @), type MX, priority ${preference}, host ${host}, TTL ${ttl === 0 ? newTtl : ttl}`
}
