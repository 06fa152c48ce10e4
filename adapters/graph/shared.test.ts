import { describe, expect, it } from 'vitest'
import { sharedReader } from './shared.ts'

describe('a shared read', () => {
  const ask = { path: '/domains', query: { $top: '1' }, tried: 'list domains' }

  it('answers all who ask while it is under way, and no one later', async () => {
    const asked: string[] = []
    const reader = sharedReader({
      one: async () => ({}),
      async all({ path, query = {} }) {
        asked.push(`${path} ${query.$top}`)
        return []
      },
    })
    await Promise.all([
      reader.all(ask),
      reader.all({ ...ask, tried: 'look' }),
      reader.all({ ...ask, query: {} }),
    ])
    expect(asked).toEqual(['/domains 1', '/domains undefined'])
    await reader.all(ask)
    expect(asked).toHaveLength(3)
  })

  it('that fails is asked for again', async () => {
    let count = 0
    const reader = sharedReader({
      one: async () => ({}),
      async all() {
        count += 1
        if (count === 1) throw new Error('lost')
        return []
      },
    })
    const both = await Promise.allSettled([reader.all(ask), reader.all(ask)])
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(await reader.all(ask)).toEqual([])
  })
})
