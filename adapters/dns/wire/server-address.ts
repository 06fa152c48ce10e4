import { isIPv6 } from 'node:net'

/** Where a name server listens. */
export interface ServerAddress {
  readonly address: string
  readonly port: number
}

/** Reads '192.0.2.53:53', '[2001:db8::53]:53', or an address alone for port 53, as they were checked before. */
export function toServerAddress(text: string): ServerAddress {
  if (isIPv6(text)) return { address: text, port: 53 }
  const [, six, four, port = '53'] = /^(?:\[([^\]]+)\]|([\d.]+))(?::(\d+))?$/.exec(text) ?? []
  return { address: six ?? four ?? text, port: Number(port) }
}
