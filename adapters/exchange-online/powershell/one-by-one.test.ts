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
    const inTurn = oneByOne(1000, async () => {})
    const failing = inTurn(async () => {
      await act('a', 50)()
      throw new Error('a fails')
    })
    const following = inTurn(act('b', 10))
    void failing.catch(() => {})
    await vi.advanceTimersByTimeAsync(100)
    await expect(failing).rejects.toThrow('a fails')
    expect(await following).toBe('b')
    expect(done).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
  })

  it('rest comes once, when nothing has come for so long, and never between', async () => {
    const inTurn = oneByOne(100, async () => void done.push('rest'))
    void inTurn(act('a', 10))
    void inTurn(act('b', 500))
    await vi.advanceTimersByTimeAsync(600)
    expect(done).not.toContain('rest')
    await vi.advanceTimersByTimeAsync(1000)
    expect(done.filter((one) => one === 'rest')).toHaveLength(1)
    void inTurn(act('c', 10))
    await vi.advanceTimersByTimeAsync(1000)
    expect(done.slice(-3)).toEqual(['c begins', 'c ends', 'rest'])
  })
})
