import { isIPv4 } from 'node:net'

const mostAddressesInRange = 256

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
}

function isCidr(entry: string): boolean {
  const [address = '', bits = '', ...rest] = entry.split('/')
  return (
    rest.length === 0 && isIPv4(address) && /^\d+$/.test(bits) && Number(bits) >= 24 && Number(bits) <= 32
  )
}

function isRange(entry: string): boolean {
  const [from = '', to = '', ...rest] = entry.split('-').map((part) => part.trim())
  if (rest.length > 0 || !isIPv4(from) || !isIPv4(to)) return false
  const count = numberOf(to) - numberOf(from) + 1
  return count >= 1 && count <= mostAddressesInRange
}

/** What a connector takes as a sender's address: a single one, or CIDR from /24 to /32. */
export function isConnectorAddress(entry: string): boolean {
  return isIPv4(entry) || isCidr(entry)
}

/** What the connection filter's lists take: also a range of at most 256 addresses. */
export function isFilterEntry(entry: string): boolean {
  return isConnectorAddress(entry) || isRange(entry)
}
