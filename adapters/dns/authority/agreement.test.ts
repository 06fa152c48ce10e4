import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agreement } from './agreement.ts'
import type { ServerSet } from './open.ts'

const has = (name: string, values: readonly string[], ttl = 60): ServerSet => ({
  name,
  address: '192.0.2.1',
  state: 'answered',
  ttl,
  values,
})
const not = (name: string, state: 'unreadable' | 'no-route'): ServerSet => ({
  name,
  address: '2001:db8::1',
  state,
  ttl: 0,
  values: [],
  reason: state,
})

test('servers that have the same agree, on the longest time to live', () => {
  expect(agreement([has('a', ['10 x.example'], 60), has('b', ['10 x.example'], 300)])).toEqual({
    state: 'answered',
    ttl: 300,
    values: ['10 x.example'],
  })
})

test('who has what is said when they do not', () => {
  expect(agreement([has('a', ['10 x.example']), has('b', []), has('c', [])])).toMatchObject({
    state: 'unreadable',
    values: [],
    reason: 'the authoritative servers disagree: 10 x.example at a; nothing at b and c',
  })
})

test('an address without a way to it counts only where the server has no other', () => {
  expect(agreement([has('a', []), not('a', 'no-route')])).toMatchObject({ state: 'answered' })
  expect(agreement([has('a', []), not('b', 'no-route')])).toMatchObject({
    reason: 'b (2001:db8::1): no-route',
  })
  expect(agreement([has('a', []), not('a', 'unreadable')])).toMatchObject({ state: 'unreadable' })
  expect(agreement([])).toMatchObject({ state: 'unreadable' })
})

test('no set is believed while one server has another, or is not known', () => {
  const servers = fc.array(
    fc.oneof(
      fc.constantFrom(['x'], ['y'], []).map((values) => has('', values)),
      fc.constantFrom('unreadable' as const, 'no-route' as const).map((state) => not('', state)),
    ),
    { minLength: 1 },
  )
  fc.assert(
    fc.property(servers, (given) => {
      const named = given.map((server, index) => ({ ...server, name: `ns${index}` }))
      const same = named.every(
        ({ state, values }) => state === 'answered' && values.join() === named[0]?.values.join(),
      )
      expect(agreement(named).state).toBe(same ? 'answered' : 'unreadable')
    }),
  )
})
