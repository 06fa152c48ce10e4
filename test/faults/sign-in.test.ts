import { describe, expect, test } from 'vitest'
import type { FaultKind } from '../../src/sandbox/faults.ts'
import { openWorld, type World } from '../support/world.ts'

/** Signs in with a secret of its own, in place of the token that worlds are given. */
async function openSigningIn(): Promise<World> {
  const world = await openWorld({ scenario: 'plain' })
  delete world.env.OFFBOARD_EXCHANGE_TOKEN
  delete world.env.OFFBOARD_GRAPH_TOKEN
  Object.assign(world.env, {
    AZURE_CLIENT_ID: '6a000000-0000-4000-8000-000000000001',
    AZURE_CLIENT_SECRET: 'sandbox',
  })
  return world
}

describe('a sign-in that fails', () => {
  test.each<FaultKind>(['throttle', 'outage', 'lost-answer', 'empty-body'])(
    '%s: is tried again',
    async (kind) => {
      await using world = await openSigningIn()
      await world.control.fail({ kind, cmdlet: 'token', times: 2 })
      const run = await world.run('--yes', '--drain', '0')
      expect(run.exitCode, run.summary.error?.message).toBe(3)
      expect(run.events.filter(({ type }) => type === 'retry')).toHaveLength(2)
    },
  )

  test('for longer than is waited: says so, and nothing was begun', async () => {
    await using world = await openSigningIn()
    await world.control.fail({ kind: 'outage', cmdlet: 'token', times: 99 })
    const run = await world.run('--yes', '--drain', '0')
    expect(run.exitCode).toBe(1)
    expect(run.summary.error?.message).toMatch(/get a token .*tried 5 times/)
    expect(run.summary.runId).toBeNull()
  })

  test('as the credential is wrong: is not tried again', async () => {
    await using world = await openSigningIn()
    const { token: before = 0 } = (await world.show()).counts
    await world.control.fail({ kind: 'denied', cmdlet: 'token' })
    expect((await world.run('--yes', '--drain', '0')).exitCode).toBe(1)
    expect((await world.show()).counts.token).toBe(before + 1)
  })
})
