import { describe, expect, it } from 'vitest'
import { openWorld, outcomes, planOf, type World } from '../../../test/support/world.ts'
import { forThisTest } from '../doctor/test-doctor.ts'

const appId = 'c7a1f0d2-5b0e-4e55-9d6c-3f1e6d2a9b10'
const app = ['--remediation-app', appId]

async function graphRequests(world: World): Promise<number> {
  const { counts } = await world.show()
  return Object.entries(counts)
    .filter(([name]) => / (?:organization|servicePrincipals|appRole|oauth2)/.test(name))
    .reduce((sum, [, count]) => sum + count, 0)
}

describe('Microsoft Graph that is not set up', () => {
  it.each(['OFFBOARD_GRAPH_TOKEN', 'OFFBOARD_GRAPH_URL'])(
    'without %s: is told as "not checked", is asked nothing, and holds nothing up',
    async (name) => {
      const world = await forThisTest(openWorld())
      delete world.env[name]
      const run = await world.run('--yes', '--drain', '0')
      expect(run.exitCode, run.stderr).toBe(3)
      const { reason, required } = planOf(run).unread.find(({ kind }) => kind === 'service-principal') ?? {}
      expect(reason).toContain(`${name} is not set`)
      expect(required).toBe(false)
      expect(await graphRequests(world)).toBe(0)
    },
  )

  it('leaves a plan for an app that is named incomplete', async () => {
    const world = await forThisTest(openWorld())
    delete world.env.OFFBOARD_GRAPH_TOKEN
    const plan = await world.run('--dry-run', ...app)
    expect(plan.exitCode).toBe(5)
    expect(planOf(plan).unread).toContainEqual({
      kind: 'service-principal',
      required: true,
      reason: expect.stringContaining('OFFBOARD_GRAPH_TOKEN'),
    })
  })

  it('gets no token of a person who would have to sign in once more, unless an app is named', async () => {
    const world = await forThisTest(openWorld())
    const told = await world.offboard('doctor', '--auth', 'device-code')
    expect(told.stdout).toContain('second sign-in')
  })
})

describe('Microsoft Graph that is down', () => {
  it('is asked twice where only lookalikes are looked for', async () => {
    const world = await forThisTest(openWorld())
    await world.control.fail({ kind: 'outage', cmdlet: 'GET organization', times: 99 })
    const plan = await world.run('--dry-run')
    expect(plan.exitCode).toBe(0)
    expect((await world.show()).counts['GET organization']).toBe(2)
  })

  it('is asked patiently where an app is named', async () => {
    const world = await forThisTest(openWorld())
    await world.control.fail({ kind: 'outage', cmdlet: 'GET organization', times: 4 })
    const plan = await world.run('--dry-run', ...app)
    expect(plan.exitCode).toBe(0)
    expect(planOf(plan).changes.map(({ id }) => id)).toContain(`app:${appId}`)
  })
})

describe('Microsoft Graph that may not be written', () => {
  it.each(['graph-read-only', 'graph-denied'])(
    '(%s) is no matter to a run without an app',
    async (scenario) => {
      const world = await forThisTest(openWorld({ scenario }))
      const run = await world.run('--yes', '--drain', '0')
      expect(run.exitCode, run.stderr).toBe(3)
      expect(new Set(Object.values(outcomes(run)))).toEqual(new Set(['verified']))
    },
  )
})

describe('Microsoft Graph of another directory', () => {
  it('is refused before anything is written, whether an app is named or not', async () => {
    const world = await forThisTest(openWorld({ scenario: 'wrong-directory' }))
    for (const more of [[], app]) {
      const run = await world.run('--yes', '--drain', '0', ...more)
      expect(run.exitCode).toBe(4)
    }
    expect((await world.show()).writes).toEqual([])
  })
})

describe('a survey', () => {
  it('lists the apps once, and asks who the directory is once', async () => {
    const world = await forThisTest(openWorld())
    const { counts: before } = await world.show()
    const plan = planOf(await world.run('--dry-run', ...app))
    const apps = [...plan.changes, ...plan.lookalikes].filter(({ id }) => id.startsWith('app:')).length
    const { counts } = await world.show()
    expect(counts['GET organization']).toBe(1)
    expect(counts['GET appRoleAssignments']).toBe(apps)
    expect(counts['GET oauth2PermissionGrants']).toBe(apps)
    // The list, each app whole, and the one API on which they have their rights.
    expect(counts['GET servicePrincipals']).toBe(1 + apps + 1)
    expect(counts.token).toBe(before.token)
  })
})

describe('the vendor’s API', () => {
  it('is asked only with a token', async () => {
    for (const xray of [false, true]) {
      const world = await forThisTest(openWorld({ scenario: 'plain', xray }))
      expect((await world.run('--dry-run')).exitCode).toBe(0)
      expect((await world.show()).counts['GET organizations'] ?? 0).toBe(Number(xray))
    }
  })
})

describe('the apps that are named', () => {
  it.each([['nobody'], ['c7a1f0d2-5b0e-4e55-9d6c']])('must be application ids, not "%s"', async (id) => {
    const world = await forThisTest(openWorld())
    const run = await world.run('--dry-run', '--remediation-app', id)
    expect(run.exitCode).toBe(64)
    expect(run.stderr).toContain('--remediation-app')
  })

  it('go with a plan file in the command that is shown, and it is refused without them', async () => {
    const world = await forThisTest(openWorld())
    const dry = await world.run('--dry-run', '-o', 'plan.json', ...app, '--revoke-grants')
    expect(dry.summary.next).toEqual([
      `offboard run --plan plan.json --remediation-app ${appId} --exchange rest`,
    ])
    const command = ['run', '--plan', 'plan.json', '--drain', '30m']
    for (const more of [[], [...app, '--delete-app'], ['--remediation-app', world.tenantId]])
      expect((await world.offboard(...command, ...more)).exitCode, more.join(' ')).toBe(64)
    expect((await world.show()).writes).toEqual([])
    expect((await world.offboard(...command, ...app, '--revoke-grants')).exitCode).toBe(3)
  })

  it('stay named when a run is resumed', async () => {
    const world = await forThisTest(openWorld())
    const run = await world.run('--yes', '--no-wait', ...app)
    expect(run.exitCode).toBe(75)
    await world.control.clock(31 * 60_000)
    const resumed = await world.offboard('resume')
    expect(resumed.exitCode, resumed.summary.error?.message).toBe(3)
    expect(Object.keys(outcomes(resumed))).toContain(`app:${appId}`)
  })
})
