import { isIPv4, isIPv6 } from 'node:net'
import { UsageError } from '../../src/model/errors.ts'

const form = /^(?:\[(?<six>[^\]]+)\]|(?<four>[\d.]+))(?::(?<port>\d{1,5}))?$/

/**
 * Checks one resolver of OFFBOARD_DNS: '192.0.2.53:53', '[2001:db8::53]:53', or an address alone for port 53.
 * Throws a UsageError that names the variable.
 */
export function checkResolverAddress(text: string): string {
  if (isIPv6(text)) return `[${text}]:53`
  const { six, four, port = '53' } = form.exec(text)?.groups ?? {}
  const isAddress = isIPv6(six ?? '') || isIPv4(four ?? '')
  if (isAddress && Number(port) >= 1 && Number(port) <= 65_535) return text
  throw new UsageError({
    tried: 'use the resolvers of OFFBOARD_DNS',
    said: `${JSON.stringify(text)} is not an address with a port`,
    hint: 'Write each one as 192.0.2.53:53 or [2001:db8::53]:53.',
  })
}
