import { expect, test } from 'vitest'
import { reuseToken } from './reuse.ts'

const start = new Date('2026-01-01T00:00:00Z')
const minutes = (count: number) => new Date(start.getTime() + count * 60_000)

test('a token is reused until five minutes before its end', async () => {
  let now = start
  let count = 0
  const source = reuseToken(
    async () => ({ value: `${++count}`, expiresAt: new Date(now.getTime() + 3_600_000) }),
    () => now,
  )
  const ask = async (at: number) => {
    now = minutes(at)
    return (await source.token()).value
  }
  expect([await ask(0), await ask(54), await ask(55), await ask(56)]).toEqual(['1', '1', '2', '2'])
})

test('callers at the same time share one request, and the next asks again after a failure', async () => {
  let count = 0
  const source = reuseToken(
    async () => {
      count += 1
      await Promise.resolve()
      if (count === 1) throw new Error('refused')
      return { value: `${count}`, expiresAt: minutes(60) }
    },
    () => start,
  )
  const results = await Promise.allSettled([source.token(), source.token(), source.token()])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  const tokens = await Promise.all([source.token(), source.token()])
  expect(tokens.map(({ value }) => value)).toEqual(['2', '2'])
})
