import type { ServerSet } from './open.ts'
import type { SetAnswer } from './server-answer.ts'

/**
 * What all authoritative servers have. `unreadable`, with the reason, where they have not the same, and where one of
 * them could not be read at any of its addresses. An address that this machine has no way to does not count while
 * another one of the same server answers. The time to live is the longest.
 */
export function agreement(servers: readonly ServerSet[]): SetAnswer {
  const reason = disagreement(servers)
  const answered = servers.filter(({ state }) => state === 'answered')
  if (reason !== undefined) return { state: 'unreadable', ttl: longest(answered), values: [], reason }
  return { state: 'answered', ttl: longest(answered), values: answered[0]?.values ?? [] }
}

/** Why the servers cannot be taken at one word; undefined when they can. */
function disagreement(servers: readonly ServerSet[]): string | undefined {
  const unread = [...Map.groupBy(servers, ({ name }) => name)].flatMap(([name, addresses]) => {
    const wrong =
      addresses.find(({ state }) => state === 'unreadable') ??
      (addresses.some(({ state }) => state === 'answered') ? undefined : addresses[0])
    return wrong === undefined ? [] : [`${place(name, wrong)}: ${wrong.reason ?? 'it could not be read'}`]
  })
  if (unread.length > 0) return unread.join('; ')
  const copies = Map.groupBy(
    servers.filter(({ state }) => state === 'answered'),
    ({ values }) => (values.length === 0 ? 'nothing' : values.join(', ')),
  )
  if (copies.size === 1) return undefined
  if (copies.size === 0) return 'no authoritative server was asked'
  const sides = [...copies].map(([values, those]) => `${values} at ${namesOf(those)}`)
  return `the authoritative servers disagree: ${sides.join('; ')}`
}

function place(name: string, { address }: ServerSet): string {
  return address === '' ? name : `${name} (${address})`
}

function namesOf(servers: readonly ServerSet[]): string {
  return [...new Set(servers.map(({ name }) => name))].join(' and ')
}

function longest(servers: readonly ServerSet[]): number {
  return Math.max(0, ...servers.map(({ ttl }) => ttl))
}
