import { describe, expect, test } from 'vitest'
import { openJournal } from '../../src/journal/open.ts'
import { systemClock } from '../../src/run/system-clock.ts'
import { runProgram } from '../support/program.ts'
import { openProxy } from '../support/proxy.ts'
import { openWorld, outcomes } from '../support/world.ts'

describe('a run that has ended', () => {
  test('is checked and finished by resume: confirmed, and the lookalikes removed by hand', async () => {
    await using world = await openWorld()
    const run = await world.run('--yes', '--drain', '0')
    const id = run.summary.runId ?? ''
    await world.offboard('confirm', id, 'vendor-console', '--by', 'Ada')
    expect((await world.offboard('resume', id)).exitCode).toBe(3)
    for (const { kind, name } of run.summary.lookalikes)
      await (kind === 'service-principal'
        ? world.control.act('delete-app', { app: name })
        : world.control.act('delete', { kind, name }))
    const finished = await world.offboard('resume', id)
    expect(finished.exitCode).toBe(0)
    expect(finished.summary.outcome).toBe('done')
  })

  test('is not done while something of the vendor has come back, and a new run takes it', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const run = await world.run('--yes', '--drain', '0')
    const id = run.summary.runId ?? ''
    await world.offboard('confirm', id, 'vendor-console', '--by', 'Ada')
    expect((await world.offboard('resume', id)).exitCode).toBe(0)
    await world.control.act('restore-redirect-rule')
    const again = await world.offboard('resume', id)
    expect(again.exitCode).toBe(3)
    expect(again.summary.leftovers.map((leftover) => leftover.id)).toContain(
      'rule:Perception Point Redirect Rule',
    )
    const second = await world.run('--yes', '--drain', '0')
    expect(outcomes(second)['rule:Perception Point Redirect Rule']).toBe('verified')
    expect(second.exitCode, 'what was attested before counts no more: the footprint was there again').toBe(3)
  })

  test('is not done when an app puts the rule back as soon as all is gone', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    await using proxy = await openProxy(world.env.OFFBOARD_EXCHANGE_URL ?? '', (moment, _, cmdlet) =>
      moment === 'answered' && cmdlet === 'Remove-OutboundConnector'
        ? world.control.act('restore-redirect-rule')
        : undefined,
    )
    world.env.OFFBOARD_EXCHANGE_URL = proxy.url
    const run = await world.run('--yes', '--drain', '0')
    expect(Object.values(outcomes(run)).every((outcome) => outcome === 'verified')).toBe(true)
    expect(run.exitCode).toBe(3)
    expect(run.summary.leftovers.map(({ id }) => id)).toContain('rule:Perception Point Redirect Rule')
    const confirmed = await world.offboard('confirm', run.summary.runId ?? '', 'vendor-console', '--by', 'A')
    expect(confirmed.exitCode, 'the step is locked while something routes there').toBe(4)
    expect((await world.offboard('resume', run.summary.runId ?? '')).exitCode).toBe(3)
  })

  test('is not done when something could not be read, and a later look lifts that', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const { summary } = await world.run('--yes', '--drain', '0')
    const id = summary.runId ?? ''
    await world.offboard('confirm', id, 'vendor-console', '--by', 'Ada')
    for (const cmdlet of ['Get-TransportRule', 'Get-InboundConnector', 'Get-HostedConnectionFilterPolicy']) {
      await world.control.fail({ kind: 'denied', cmdlet })
      expect((await world.offboard('resume', id)).exitCode, cmdlet).toBe(5)
    }
    expect((await world.offboard('resume', id)).exitCode).toBe(0)
  })

  test('lets a new run start', async () => {
    await using world = await openWorld()
    await world.run('--yes', '--drain', '0')
    expect((await world.run('--yes', '--drain', '0')).exitCode).toBe(3)
  })
})

describe('a run that is open', () => {
  test('makes a new run refuse, names the command, and can be abandoned', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const waiting = await world.run('--yes', '--no-wait')
    expect(waiting.exitCode).toBe(75)
    const { writesDone } = await world.show()
    const other = await world.run('--yes')
    expect(other.exitCode).toBe(4)
    expect(other.summary.error?.hint).toContain(`offboard resume ${waiting.summary.runId}`)
    expect((await world.show()).writesDone).toBe(writesDone)
    expect((await world.offboard('abandon', waiting.summary.runId ?? '')).exitCode).toBe(0)
    expect((await world.offboard('resume', waiting.summary.runId ?? '')).exitCode).toBe(4)
    expect((await world.run('--yes', '--drain', '0')).exitCode).toBe(3)
  })

  test('is what resume without RUN means; with none open, that is said', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    expect((await world.offboard('resume')).exitCode).toBe(64)
    await world.run('--yes', '--no-wait')
    const resumed = await world.offboard('resume')
    expect(resumed.exitCode).toBe(3)
    expect((await world.offboard('resume')).exitCode).toBe(64)
  })

  test('is named when there are several, and none is taken', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const { summary } = await world.run('--yes', '--no-wait')
    const journal = await openJournal({ folder: world.stateDir, clock: systemClock })
    const [open] = await journal.runs()
    if (open === undefined) throw new Error('no run')
    const tenant = { guid: '11111111-2222-4333-8444-555555555555', name: 'fabrikam.onmicrosoft.com' }
    const other = await journal.begin({ ...open, plan: { ...open.plan, tenant } })
    await journal.close()
    const { requests } = await world.show()
    const resumed = await world.offboard('resume')
    expect(resumed.exitCode).toBe(64)
    expect(resumed.summary.error?.hint).toContain(`${summary.runId} (contoso.onmicrosoft.com)`)
    expect(resumed.summary.error?.hint).toContain(`${other.id} (fabrikam.onmicrosoft.com)`)
    expect((await world.show()).requests).toBe(requests)
    expect((await world.offboard('resume', summary.runId ?? '')).exitCode).toBe(3)
  })

  test.each([
    ['--include', 'rule:Something'],
    ['--exclude', 'rule:Something'],
    ['--allow', 'region:us'],
    ['--drain', '0'],
    ['--drain-max', '1h'],
    ['--region', 'us'],
    ['--platform', 'm365-inline'],
    ['--tenant', 'contoso.onmicrosoft.com'],
    ['--footprint', 'more.yaml'],
    ['--yes', ''],
  ])('takes no other options: %s is 64', async (option, value) => {
    await using world = await openWorld({ scenario: 'plain' })
    await world.run('--yes', '--no-wait')
    const { requests } = await world.show()
    const args = ['resume', '--json', option, ...(value === '' ? [] : [value])]
    const ended = await runProgram(args, { ...world.env, HOME: world.folder })
    expect(ended.code, ended.stdout).toBe(64)
    expect(ended.stderr).toContain(option)
    expect((await world.show()).requests).toBe(requests)
  })

  test('is not gone on with in another tenant', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    await world.run('--yes', '--no-wait')
    const [header = '', , signature = ''] = (world.env.OFFBOARD_EXCHANGE_TOKEN ?? '').split('.')
    const claims = { tid: '11111111-2222-4333-8444-555555555555', exp: 4_102_444_800 }
    const body = Buffer.from(JSON.stringify(claims)).toString('base64url')
    world.env.OFFBOARD_EXCHANGE_TOKEN = `${header}.${body}.${signature}`
    const { writesDone } = await world.show()
    const resumed = await world.offboard('resume')
    expect(resumed.exitCode).toBe(4)
    expect(resumed.summary.error?.message).toContain('not one tenant')
    expect((await world.show()).writesDone).toBe(writesDone)
  })

  test('is never pruned', async () => {
    await using world = await openWorld({ scenario: 'plain' })
    const open = await world.run('--yes', '--no-wait')
    await world.control.clock(400 * 86_400_000)
    const pruned = await world.offboard('history', '--prune', '--older-than', '1d')
    const runs = pruned.events.flatMap((event) => (event.type === 'history' ? event.runs : []))
    expect(runs.map((run) => run.id)).toEqual([open.summary.runId])
    await world.offboard('abandon', open.summary.runId ?? '')
    await world.control.clock(400 * 86_400_000)
    const after = await world.offboard('history', '--prune', '--older-than', '1d')
    expect(after.events.flatMap((event) => (event.type === 'history' ? event.runs : []))).toEqual([])
  })
})

test('drift between two steps is refused, the difference shown, and nothing of the step is written', async () => {
  await using world = await openWorld({ scenario: 'plain' })
  await world.run('--yes', '--no-wait')
  await world.control.act('set', {
    kind: 'transport-rule',
    name: 'Perception Point Spam Rule',
    property: 'Comments',
    value: 'ours now',
  })
  const resumed = await world.offboard('resume')
  expect(resumed.exitCode).toBe(4)
  expect(resumed.summary.error?.message).toContain('ours now')
  const { writes } = await world.show()
  expect(writes.filter(({ cmdlet }) => cmdlet === 'Remove-TransportRule')).toEqual([])
  await world.control.act('set', {
    kind: 'transport-rule',
    name: 'Perception Point Spam Rule',
    property: 'Comments',
    value: null,
  })
  expect((await world.offboard('resume')).exitCode).toBe(3)
})

test('a rule that newly routes to the connector stops the connectors step, and mail is not lost', async () => {
  await using world = await openWorld({ scenario: 'plain' })
  await world.control.fail({ kind: 'denied', cmdlet: 'Remove-InboundConnector' })
  await world.run('--yes', '--drain', '0')
  await world.control.act('add-routing-rule')
  const resumed = await world.offboard('resume')
  expect(resumed.exitCode).toBe(4)
  expect(resumed.summary.error?.message).toContain('Board mail to the scanner')
  const { objects } = await world.show()
  expect(objects['outbound-connector']?.map(({ Name }) => Name)).toContain('Perception Point Scanning')
})

test('the drain’s own edit and closed-up priorities are no drift over any number of resumes', async () => {
  await using world = await openWorld()
  let outcome = await world.run('--yes', '--no-wait')
  for (let times = 0; times < 4; times += 1) {
    expect(outcome.exitCode).toBe(75)
    await world.control.act('add-customer-rule', { name: `Meanwhile ${times}`, place: 0 })
    outcome = await world.offboard('resume', '--no-wait')
  }
  await world.control.clock(1_800_000)
  for (const cmdlet of ['Remove-TransportRule', 'Remove-InboundConnector']) {
    await world.control.fail({ kind: 'denied', cmdlet })
    outcome = await world.offboard('resume', '--no-wait')
    expect(outcome.exitCode, outcome.summary.error?.message).toBe(1)
  }
  expect((await world.offboard('resume')).exitCode).toBe(3)
})
