import type { Resolve } from './resolver.ts'

/** The IPv4 and then the IPv6 addresses of a host, each once. Throws as `Resolve` does. */
export async function addressesOf(resolve: Resolve, host: string): Promise<readonly string[]> {
  const found = await Promise.all((['A', 'AAAA'] as const).map((type) => resolve({ name: host, type })))
  const addresses = found.flatMap(({ answers }) =>
    answers.flatMap((answer) => (answer.type === 'A' || answer.type === 'AAAA' ? [answer.data] : [])),
  )
  return [...new Set(addresses)]
}
