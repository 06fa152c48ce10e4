import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { oneByOne } from './one-by-one.ts'

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

describe('one by one', () => {
  const done: string[] = []
  const act = (name: string, ms: number) => async () => {
    done.push(`${name} begins`)
    await sleep(ms)
    done.push(`${name} ends`)
    return name
  }

  beforeEach(() => {
    vi.useFakeTimers()
    done.length = 0
  })

  afterEach(() => {
    vi.useRealTimers()
  })

  it('nothing begins before what came first has ended, even when that fails', async () => {
    const queue = oneByOne(1000, async () => {})
    const failing = queue.run(async () => {
      await act('a', 50)()
      throw new Error('a fails')
    })
    const following = queue.run(act('b', 10))
    void failing.catch(() => {})
    await vi.advanceTimersByTimeAsync(100)
    await expect(failing).rejects.toThrow('a fails')
    expect(await following).toBe('b')
    expect(done).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
  })

  it('rest comes once, when nothing has come for so long, and never between', async () => {
    const queue = oneByOne(100, async () => void done.push('rest'))
    void queue.run(act('a', 10))
    void queue.run(act('b', 500))
    await vi.advanceTimersByTimeAsync(600)
    expect(done).not.toContain('rest')
    await vi.advanceTimersByTimeAsync(1000)
    expect(done.filter((one) => one === 'rest')).toHaveLength(1)
    void queue.run(act('c', 10))
    await vi.advanceTimersByTimeAsync(1000)
    expect(done.slice(-3)).toEqual(['c begins', 'c ends', 'rest'])
  })

  it('when it is closed it rests at once, and no timer is left', async () => {
    const queue = oneByOne(1000, async () => void (await act('rest', 10)()))
    const working = queue.run(act('a', 50))
    const closing = queue.close()
    await vi.advanceTimersByTimeAsync(100)
    expect(await working).toBe('a')
    await closing
    expect(done).toEqual(['a begins', 'a ends', 'rest begins', 'rest ends'])
    expect(vi.getTimerCount()).toBe(0)
  })
})
