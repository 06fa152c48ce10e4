import { afterEach, describe, expect, it } from 'vitest'
import { googleVendor } from '../../src/sandbox/google/account.ts'
import { type GoogleTestTenant, startGoogleTenant } from '../../test/google/tenant.ts'
import { delegationEvidence } from './evidence.ts'

const hour = 3_600_000
const open: GoogleTestTenant[] = []

afterEach(async () => {
  for (const tenant of open.splice(0)) await tenant[Symbol.asyncDispose]()
})

async function start(scenario = 'google-default') {
  const tenant = await startGoogleTenant(scenario)
  open.push(tenant)
  const { control } = tenant.sandbox
  return {
    ...control,
    async ask(since?: Date) {
      const now = await control.now()
      const client = googleVendor.clientId
      return delegationEvidence(await tenant.reader(), {
        client,
        now,
        ...(since === undefined ? {} : { since }),
      })
    },
  }
}

describe('the evidence for delegation', () => {
  it('is against it while the client is active, and for it when the log has who took it out', async () => {
    const { act, ask, clock, now } = await start()
    expect(await ask()).toMatchObject({ is: 'present', rests: 'activity' })
    await act('delete-delegation-client')
    const since = await now()
    expect(await ask(since)).toMatchObject({ is: 'unknown', rests: 'nothing' })
    await clock(hour)
    expect(await ask(since)).toMatchObject({
      is: 'gone',
      rests: 'audit-event',
      evidence: expect.stringContaining('admin@contoso.com took the client out at 20'),
    })
    await clock(72 * hour)
    expect(await ask(since)).toMatchObject({ is: 'gone' })
  })

  it('is never for it by silence alone', async () => {
    const { act, ask, clock, now } = await start('google-no-events')
    await act('delete-delegation-client')
    const since = await now()
    await clock(200 * hour)
    expect(await ask(since)).toMatchObject({
      is: 'unknown',
      rests: 'silence',
      evidence: expect.stringContaining('no activity of the client since'),
    })
  })

  it('is against what somebody said, when the client acts on', async () => {
    const { ask, clock, now } = await start()
    const since = await now()
    await clock(48 * hour)
    expect(await ask(since)).toMatchObject({ is: 'present', rests: 'activity' })
  })

  it('is against it again when the client was let in again', async () => {
    const { act, ask, clock, now } = await start()
    await act('delete-delegation-client')
    await clock(hour)
    await act('put-delegation-client-back')
    const since = await now()
    await clock(hour)
    expect((await ask()).is).toBe('present')
    await clock(24 * hour)
    expect(await ask(since)).toMatchObject({ is: 'present', rests: 'activity' })
  })

  it('is none where nothing is known or may be read', async () => {
    const absent = await start('google-absent')
    expect(await absent.ask()).toMatchObject({ is: 'unknown', rests: 'nothing' })
    const closed = await start('google-scopes-missing')
    expect(await closed.ask()).toMatchObject({
      is: 'unknown',
      evidence: expect.stringContaining('could not be read: '),
    })
    const asked = { client: 'x', now: new Date() }
    expect(await delegationEvidence(undefined, asked)).toMatchObject({ is: 'unknown', rests: 'nothing' })
  })
})
