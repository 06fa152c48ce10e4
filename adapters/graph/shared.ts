import type { Ask, GraphReader } from './transport.ts'

function keyOf({ path, query = {} }: Ask): string {
  return JSON.stringify([path, Object.entries(query)])
}

/** Callers that ask for the same while the answer is on its way get the same one; a later read is made anew. */
function share<T>(read: (ask: Ask) => Promise<T>): (ask: Ask) => Promise<T> {
  const underWay = new Map<string, Promise<T>>()
  return (ask) => {
    const key = keyOf(ask)
    const known = underWay.get(key)
    if (known !== undefined) return known
    const answer = read(ask).finally(() => underWay.delete(key))
    underWay.set(key, answer)
    return answer
  }
}

/** Kinds that are listed together rest on the same lists: each is asked for once. */
export function sharedReader({ one, all }: GraphReader): GraphReader {
  return { one: share(one), all: share(all) }
}
