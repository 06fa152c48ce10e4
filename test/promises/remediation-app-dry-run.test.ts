import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type FaultKind, faultKinds } from '../../src/sandbox/faults.ts'
import { operations } from '../../src/sandbox/graph/operations.ts'
import { appId, held, named, openTenant, whole } from '../support/remediation-app.ts'
import { openWorld, type World } from '../support/world.ts'

const options = [[], ['--revoke-grants'], ['--delete-app'], ['--revoke-grants', '--delete-app']] as const
const platforms = ['m365-inline', 'm365-api'] as const

type Command = readonly string[]

/** Every command that only reads, with the app named. `verify` has no options of what becomes of it. */
function reading(platform: string, more: Command): readonly Command[] {
  const where = ['--platform', platform, '--region', 'eu', ...named]
  return [
    ['run', ...where, ...more, '--dry-run'],
    ['run', ...where, ...more, '--dry-run', '--allow', 'app-before-console'],
    ['plan', ...where, ...more],
    ['verify', ...where],
    ['doctor', ...where, ...more],
  ]
}

async function expectNoWrite(world: World, when: string): Promise<void> {
  const view = await world.show()
  expect(view.writes, when).toEqual([])
  const changing = Object.keys(view.counts).filter((name) => /^(?:POST|PATCH|PUT|DELETE) /.test(name))
  expect(changing, when).toEqual([])
  expect(view.counts['GET quarantine/release'], when).toBeUndefined()
  expect(held(view), when).toEqual(whole)
  expect(existsSync(join(world.stateDir, 'journal.sqlite')), when).toBe(false)
}

/** The reads of Graph by which a plan is made, by name. */
const graphReads = [
  'GET organization',
  'GET servicePrincipals',
  'GET appRoleAssignments',
  'GET oauth2PermissionGrants',
]

describe('with an app named no command that only reads can write', () => {
  test.each(platforms)('on the wire, %s, whatever becomes of the app', async (platform) => {
    await using world = await openTenant({ xray: true })
    for (const more of options)
      for (const command of reading(platform, more)) {
        const outcome = await world.offboard(...command)
        expect([0, 2], command.join(' ')).toContain(outcome.exitCode)
      }
    await expectNoWrite(world, platform)
  })

  const kinds = Object.keys(faultKinds).filter(
    (kind): kind is FaultKind => kind in faultKinds && kind !== 'hang',
  )

  test.each(kinds)('on the wire, with the fault %s at each kind of request to Graph', async (kind) => {
    for (const platform of platforms)
      for (const cmdlet of graphReads) {
        await using world = await openTenant()
        for (const command of reading(platform, ['--delete-app'])) {
          await world.control.fail({ kind, cmdlet })
          const when = `${command.slice(0, 3).join(' ')}, ${kind} at ${cmdlet}`
          const outcome = await world.offboard(...command)
          expect([0, 1, 2, 5], when).toContain(outcome.exitCode)
          if (outcome.exitCode === 0) expect(outcome.summary.outcome, when).not.toBe('unverified')
        }
        await expectNoWrite(world, `${platform}, ${kind} at ${cmdlet}`)
      }
  })

  test.each(['throttle', 'outage', 'denied'] as const)(
    'on the wire, with %s at each request to Graph, for longer than is waited: said, never "nothing there"',
    async (kind) => {
      for (const platform of platforms)
        for (const cmdlet of graphReads) {
          await using world = await openTenant()
          await world.control.fail({ kind, cmdlet, times: 99 })
          const [dry = []] = reading(platform, [])
          const outcome = await world.offboard(...dry)
          expect([1, 5], `${platform}, ${kind} at ${cmdlet}`).toContain(outcome.exitCode)
          await expectNoWrite(world, `${platform}, ${kind} at ${cmdlet}`)
        }
    },
  )
})

describe('Graph itself', () => {
  test('is only asked what its documentation names, and nothing of another app', async () => {
    await using world = await openWorld()
    const { counts: before } = await world.show()
    for (const command of reading('m365-inline', ['--delete-app'])) await world.offboard(...command)
    const { counts } = await world.show()
    const asked = Object.keys(counts).filter((name) => name.startsWith('GET ') && !(name in before))
    const forTheLetter = 'GET domains'
    expect(asked.toSorted()).toEqual([...graphReads, forTheLetter].toSorted())
    const known = new Set<string>(Object.values(operations).map(({ name }) => name))
    expect(asked.filter((name) => !known.has(name))).toEqual([])
  })

  test('shows the change, what it holds in words, and what does not come back', async () => {
    await using world = await openTenant()
    const [dry = []] = reading('m365-inline', ['--delete-app'])
    const { events } = await world.offboard(...dry)
    const changes = events.flatMap((event) => (event.type === 'plan' ? event.plan.changes : []))
    const details = changes.filter(({ system }) => system === 'graph').map(({ detail }) => detail)
    const rights = ['can read all users', 'can read and write all mailboxes', 'can read the domains']
    expect(details.slice(0, -1).toSorted()).toEqual([...rights, 'may act for every user: User.Read'])
    const [about = '', ...phrases] = (details.at(-1) ?? '').split('; ')
    expect(about).toBe(`application ${appId}, publisher Perception Point Ltd, not verified, enabled`)
    expect(phrases.slice(0, 3).toSorted()).toEqual(rights)
    expect(phrases.slice(3).join('; ')).toMatch(
      /^may act for every user: User\.Read\. Deleted: .*restored for 30 days.*does not come back$/,
    )
  })
})
