/** A span of IPv4 addresses, both ends within it. */
export interface AddressRange {
  readonly first: number
  readonly last: number
}

function parseAddress(text: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  if (match === null) return undefined
  const octets = match.slice(1).map(Number)
  if (octets.some((octet) => octet > 255)) return undefined
  return octets.reduce((sum, octet) => sum * 256 + octet, 0)
}

function parseCidr(text: string): AddressRange | undefined {
  const [base, bits, rest] = text.split('/')
  if (base === undefined || bits === undefined || rest !== undefined || !/^\d{1,2}$/.test(bits))
    return undefined
  const address = parseAddress(base)
  const length = Number(bits)
  if (address === undefined || length > 32) return undefined
  const size = 2 ** (32 - length)
  const first = Math.floor(address / size) * size
  return { first, last: first + size - 1 }
}

function parseSpan(text: string): AddressRange | undefined {
  const [from, to, rest] = text.split('-').map((part) => part.trim())
  if (from === undefined || to === undefined || rest !== undefined) return undefined
  const first = parseAddress(from)
  const last = parseAddress(to)
  if (first === undefined || last === undefined || last < first) return undefined
  return { first, last }
}

/**
 * Reads an entry of an allow list: a single IPv4 address, a CIDR block or a range `a-b`, the forms of
 * https://learn.microsoft.com/powershell/module/exchange/set-hostedconnectionfilterpolicy. undefined for
 * anything else, IPv6 included: the vendor has published none.
 */
export function parseRange(entry: string): AddressRange | undefined {
  const text = entry.trim()
  if (!/^\d/.test(text)) return undefined
  if (text.includes('/')) return parseCidr(text)
  if (text.includes('-')) return parseSpan(text)
  const address = parseAddress(text)
  return address === undefined ? undefined : { first: address, last: address }
}

/** Whether two entries are the same addresses, however they are written. */
export function equalsAddress(entry: string, address: string): boolean {
  const [a, b] = [parseRange(entry), parseRange(address)]
  return a !== undefined && b !== undefined && a.first === b.first && a.last === b.last
}

/** Whether all of `inner` lies within `outer`. */
export function containsRange(outer: AddressRange, inner: AddressRange): boolean {
  return outer.first <= inner.first && inner.last <= outer.last
}

/** Whether all of `address`, a single one or a block, lies within the entry. */
export function containsAddress(entry: string, address: string): boolean {
  const [outer, inner] = [parseRange(entry), parseRange(address)]
  return outer !== undefined && inner !== undefined && containsRange(outer, inner)
}
