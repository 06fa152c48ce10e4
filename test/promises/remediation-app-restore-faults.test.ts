import { beforeAll, describe, test, vi } from 'vitest'
import type { FaultKind } from '../../src/sandbox/faults.ts'
import { atEachRequest, doUndisturbed } from '../support/app-jobs.ts'
import { isWrite } from '../support/truth.ts'

const names = [
  'enable and grant again',
  'restore what was deleted',
  'add again what can no longer be restored',
] as const
const timeout = 900_000

beforeAll(() => doUndisturbed(names), timeout)

describe.each(names)('%s: every fault of Graph at every write is verified, or honest and resumed', (name) => {
  test.each<FaultKind>(['throttle', 'outage', 'lost-answer', 'denied', 'empty-body'])(
    '%s',
    { timeout },
    (kind) => atEachRequest(name, { kind }, isWrite),
  )

  test.each<FaultKind>(['stale-reads', 'ignored-write'])('%s', { timeout }, (kind) =>
    atEachRequest(name, { kind }, isWrite),
  )

  test.each<FaultKind>(['throttle', 'outage'])(
    '%s of writes for longer than is waited',
    { timeout },
    (kind) => atEachRequest(name, { kind, times: 12 }, isWrite),
  )

  test('hang of writes', { timeout }, async () => {
    const { timeout: original } = AbortSignal
    const spy = vi.spyOn(AbortSignal, 'timeout')
    spy.mockImplementation((ms) => original.call(AbortSignal, Math.min(ms, 300)))
    await atEachRequest(name, { kind: 'hang' }, isWrite).finally(() => spy.mockRestore())
  })
})
