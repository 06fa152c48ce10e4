import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { advancingClock, sandboxClock } from './clock.ts'
import { createSandboxControl } from './control/client.ts'
import { type Sandbox, startSandbox } from './start.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox()
})

afterAll(() => sandbox.close())

const hour = 3_600_000

describe("the sandbox's clock", () => {
  it('knows at once how far it was moved before', async () => {
    await sandbox.control.clock(hour)
    const clock = await sandboxClock(sandbox.control)
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(Date.now() + hour - 1000)
  })

  it('ends a long sleep when somebody else moves it', async () => {
    const clock = await sandboxClock(sandbox.control)
    const slept = clock.sleep(2 * hour)
    await createSandboxControl(sandbox.endpoints.controlUrl).clock(2 * hour)
    await slept
  })

  it('wakes up for a signal, before and in the middle of a sleep', async () => {
    const clock = await sandboxClock(sandbox.control)
    const reason = new Error('stop')
    await expect(clock.sleep(hour, AbortSignal.abort(reason))).rejects.toBe(reason)
    const stop = new AbortController()
    const slept = clock.sleep(hour, stop.signal)
    stop.abort(reason)
    await expect(slept).rejects.toBe(reason)
  })

  it('for tests moves forward instead of waiting', async () => {
    const clock = await advancingClock(sandbox.control)
    const before = clock.now().getTime()
    await clock.sleep(3 * hour)
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(before + 3 * hour)
    expect((await sandbox.control.now()).getTime()).toBeGreaterThanOrEqual(before + 3 * hour)
    await expect(clock.sleep(hour, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop')
  })
})
