/** Maps in parallel, at most `limit` at a time, keeping the order. Rejects with the first error. */
export async function mapLimited<T, R>(
  items: readonly T[],
  limit: number,
  map: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Map<number, R>()
  const queue = items.entries()
  const work = async () => {
    for (const [index, item] of queue) results.set(index, await map(item))
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work))
  return [...results].sort(([one], [other]) => one - other).map(([, result]) => result)
}
