import { UsageError } from '../model/errors.ts'
import { hostName } from './host-name.ts'
import { quoted } from './visible.ts'

/** What is wrong with the form of an endpoint that credentials are sent to; undefined when nothing is. */
export function endpointFault(text: string, { query }: { readonly query: boolean }): string | undefined {
  if (!URL.canParse(text)) return 'is not a URL'
  const url = new URL(text)
  if (url.username !== '' || url.password !== '' || text.includes('@')) return 'holds a user name or password'
  if (text.includes('#')) return 'holds a fragment'
  if (!query && text.includes('?')) return 'holds a query'
  if (url.protocol === 'https:') return undefined
  if (url.protocol === 'http:' && isLoopback(url.hostname)) return undefined
  return 'is neither https nor http on loopback'
}

/** Whether a host, as URL.hostname writes it, is this machine: 127.0.0.0/8, [::1] or localhost. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}

/** Reads the hosts of `--allow-endpoint` the way URL.hostname writes them; a UsageError shows what is none. */
export function readAllowedHosts(hosts: readonly string[]): readonly string[] {
  return hosts.map((text) => {
    const host = hostName(text) ?? addressHost(text)
    if (host !== undefined) return host
    throw new UsageError({
      tried: 'read --allow-endpoint',
      said: `${quoted(text)} is not a host name`,
      hint: 'Give the host alone, without scheme, port and path.',
    })
  })
}

function addressHost(text: string): string | undefined {
  if (!/^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/i.test(text)) return undefined
  return URL.canParse(`https://${text}`) ? new URL(`https://${text}`).hostname : undefined
}
