import { describe, expect, it } from 'vitest'
import { openGoogleWorld } from '../../../test/support/google.ts'
import { openWorld, outcomes, planOf } from '../../../test/support/world.ts'
import { googleAccount, googleVendor } from '../../sandbox/google/account.ts'
import { forThisTest } from '../doctor/test-doctor.ts'

const client = ['--delegation-client', googleVendor.clientId]
const writes = '--google-policy-writes'

describe('the systems of a platform', () => {
  it('are opened alone: for Google nothing of Microsoft is asked or needed', async () => {
    const world = await forThisTest(openGoogleWorld())
    const plan = await world.run('--dry-run', ...client)
    expect(plan.exitCode, plan.stderr).toBe(0)
    expect(planOf(plan).tenant).toEqual({ guid: googleAccount.customerId, name: googleAccount.domain })
    expect(plan.stderr + plan.stdout).not.toContain('InvokeCommand')
    const { counts } = await world.show()
    expect(Object.keys(counts).filter((name) => !/^(?:GET |POST token$)/.test(name))).toEqual([])
    expect(Object.keys(counts)).not.toContain('GET organization')
  })

  it('are opened alone: a credential of Google’s is not used for Microsoft', async () => {
    const world = await forThisTest(openWorld())
    Object.assign(world.env, { OFFBOARD_GOOGLE_TOKEN: 'x', GOOGLE_APPLICATION_CREDENTIALS: '/nowhere' })
    const plan = await world.run('--dry-run')
    expect(plan.exitCode, plan.stderr).toBe(0)
    const { counts } = await world.show()
    expect(Object.keys(counts).filter((name) => /policies|activities|customers/.test(name))).toEqual([])
  })
})

describe('a run at Google', () => {
  it('reads and writes at one pace, which is not refused', async () => {
    const world = await forThisTest(openGoogleWorld({ scenario: 'google-policy-writes' }))
    const run = await world.run('--yes', ...client, writes)
    expect(run.exitCode, run.stderr).toBe(3)
    expect(Object.values(outcomes(run))).toEqual(['verified'])
    expect(run.events.filter(({ type }) => type === 'retry')).toEqual([])
  })

  it.each(['administrator', 'token'] as const)(
    'is made with the credential of %s too',
    async (credential) => {
      const world = await forThisTest(openGoogleWorld({ scenario: 'google-policy-writes', credential }))
      const run = await world.run('--yes', writes)
      expect(run.exitCode, run.stderr).toBe(3)
      expect(Object.values(outcomes(run))).toEqual(['verified'])
    },
  )

  it('without a credential ends with 64, before anything is sent', async () => {
    const world = await forThisTest(openGoogleWorld())
    delete world.env.GOOGLE_APPLICATION_CREDENTIALS
    const { requests } = await world.show()
    const run = await world.run('--dry-run')
    expect(run.exitCode).toBe(64)
    expect(run.stderr).toContain('GOOGLE_APPLICATION_CREDENTIALS')
    expect((await world.show()).requests).toBe(requests)
  })

  it('sends no credential to a host that is not Google’s, unless it is allowed', async () => {
    const world = await forThisTest(openGoogleWorld())
    world.env.OFFBOARD_GOOGLE_URL = 'https://google.example'
    const { requests } = await world.show()
    const run = await world.run('--dry-run')
    expect(run.exitCode).toBe(64)
    expect(run.stderr).toContain('--allow-endpoint google.example')
    expect((await world.show()).requests).toBe(requests)
  })
})

describe('the customer', () => {
  it.each([googleAccount.customerId, googleAccount.domain, 'CONTOSO.com'])(
    'is named by its id or its primary domain (%s)',
    async (tenant) => {
      const world = await forThisTest(openGoogleWorld())
      const plan = await world.run('--dry-run', '--tenant', tenant)
      expect(plan.exitCode, plan.stderr).toBe(0)
      expect(planOf(plan).tenant.guid).toBe(googleAccount.customerId)
    },
  )

  it.each(['C03fabrik', 'fabrikam.com'])('that is another one (%s) is refused', async (tenant) => {
    const world = await forThisTest(openGoogleWorld({ scenario: 'google-policy-writes' }))
    const run = await world.run('--yes', '--tenant', tenant, writes)
    expect(run.exitCode).toBe(4)
    expect(run.stderr + run.stdout).toContain(googleAccount.customerId)
    expect((await world.show()).writes).toEqual([])
  })

  it('is no tenant of Microsoft’s, and the reverse', async () => {
    const world = await forThisTest(openGoogleWorld())
    const guid = await world.run('--dry-run', '--tenant', world.tenantId)
    expect(guid.exitCode).toBe(64)
    expect(guid.stderr).toContain('customer id')
    world.env.OFFBOARD_TENANT = googleAccount.customerId
    const microsoft = await world.offboard('plan', '--platform', 'm365-inline', '--region', 'eu')
    expect(microsoft.exitCode).toBe(64)
    expect(microsoft.stderr).toContain('OFFBOARD_TENANT')
  })
})

describe('what was said of Google', () => {
  it.each(['1",x=="', 'two words', '', 'a,b'])('is no client id: %j', async (id) => {
    const world = await forThisTest(openGoogleWorld())
    const run = await world.run('--dry-run', '--delegation-client', id)
    expect(run.exitCode).toBe(64)
    expect(run.stderr).toContain('--delegation-client')
  })

  it('goes with a plan file, and it is refused with anything else', async () => {
    const world = await forThisTest(openGoogleWorld({ scenario: 'google-policy-writes' }))
    const dry = await world.run('--dry-run', '-o', 'plan.json', ...client, writes, '--effect-wait', '2h')
    expect(dry.summary.next).toEqual([`offboard run --plan plan.json ${client.join(' ')} --exchange rest`])
    const command = ['run', '--plan', 'plan.json']
    const others = [[], ['--delegation-client', '1'], [...client, '--effect-wait', '24h']]
    for (const more of others) expect((await world.offboard(...command, ...more)).exitCode).toBe(64)
    expect((await world.show()).writes).toEqual([])
    const again = [...client, writes, '--effect-wait', '120m', '--tenant', 'contoso.com']
    expect((await world.offboard(...command, ...again)).exitCode).toBe(3)
  })

  it('is shown in the next command, and stays with the run', async () => {
    const world = await forThisTest(openGoogleWorld())
    const dry = await world.run('--dry-run', ...client, writes, '--effect-wait', '2h')
    expect(dry.summary.next[0]).toContain(`${client.join(' ')} ${writes} --effect-wait 2h`)
    const run = await world.run('--yes', ...client)
    const verified = await world.offboard('verify', run.summary.runId ?? '')
    expect(verified.stderr).toBe('')
    expect(planOf(run).footprint).toBe(planOf(dry).footprint)
    expect(planOf(await world.run('--dry-run')).footprint).not.toBe(planOf(run).footprint)
  })
})
