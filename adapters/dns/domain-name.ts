import { domainToASCII } from 'node:url'

/** What a URL parser would cut a name at, or decode. */
const foreign = /[\s/\\?#@:%[\]]/

/** The name as DNS knows it: lower case, internationalised labels in punycode. undefined when it is no name. */
export function toDnsName(domain: string): string | undefined {
  const name = foreign.test(domain) ? '' : domainToASCII(domain)
  return name === '' ? undefined : name
}

/** A host as it is compared: lower case, without the dot of the root. */
export function toHost(exchange: string): string {
  return exchange.toLowerCase().replace(/\.$/, '')
}
