import { describe, expect, test } from 'vitest'
import { googleVendor } from '../../src/sandbox/google/account.ts'
import { openGoogleWorld } from '../support/google.ts'
import { ids, planOf } from '../support/world.ts'
import { client, guide, guided, openGoogleJob } from './google-job.ts'

const name = googleVendor.ruleName

/** What a dry run finds of the compliance rule: names of those a person deletes, and of those that are only like it. */
async function rules(scenario: string, ...argv: readonly string[]) {
  await using world = await openGoogleWorld({ scenario })
  const dry = await world.run('--dry-run', ...client, ...argv)
  const { guided: guides, lookalikes, changes, kept } = planOf(dry)
  const named = (found: readonly { readonly kind: string; readonly name: string }[]) =>
    found.filter(({ kind }) => kind === 'compliance-rule').map((object) => object.name)
  return {
    exitCode: dry.exitCode,
    byHand: named(guides.flatMap(({ objects = [] }) => objects)),
    byProgram: named(changes),
    kept: named(kept),
    lookalikes: named(lookalikes).filter((other) => !/^(?:Archive|Keep what)/.test(other)),
    step: guides.find(({ id }) => id === 'compliance-rule'),
  }
}

describe('the compliance rule', () => {
  test.each([
    ['google-default', [`${name} (/)`], []],
    ['google-absent', [], []],
    [
      'google-several-rules',
      [`${name} (/)`, `${name} (/Sales/EMEA)`, ' perception point  REDIRECT rule (group pilot@contoso.com)'],
      [],
    ],
    ['google-child-unit', [`${name} (/Sales/EMEA)`], []],
    ['google-only-rule', [`${name} (/)`], []],
    ['google-disabled-rule', [`${name} (/)`], []],
    ['google-empty-pages', [`${name} (/)`], []],
    ['google-renamed-rule', [], ['Mail scanner (do not touch) (/)']],
    ['google-same-name', [], [`${name} (/)`]],
  ])('%s: what is surely it, and what is only like it', async (scenario, found, lookalikes) => {
    const seen = await rules(scenario)
    expect([seen.exitCode, seen.byHand.toSorted(), seen.lookalikes]).toEqual([
      0,
      found.toSorted(),
      lookalikes,
    ])
    expect(seen.byProgram).toEqual([])
    const written = await rules(scenario, '--google-policy-writes')
    expect([written.byProgram.toSorted(), written.byHand]).toEqual([found.toSorted(), []])
  })

  test.each(['google-policies-denied', 'google-api-off'])(
    '%s: the plan is not complete, and nothing runs',
    async (scenario) => {
      await using world = await openGoogleWorld({ scenario })
      const dry = await world.run('--dry-run', ...client)
      expect(dry.exitCode).toBe(5)
      expect(
        planOf(dry)
          .unread.filter(({ required }) => required)
          .map(({ kind }) => kind),
      ).toEqual(['compliance-rule'])
      expect((await world.run('--yes', ...client)).exitCode).toBe(5)
      expect((await world.show()).writes).toEqual([])
    },
  )

  test('that is renamed is deleted and looked for when it is included, and the console stays locked until then', async () => {
    await using job = await openGoogleJob('google-renamed-rule')
    const [id = ''] = ids((await job.run('--dry-run')).summary.lookalikes).filter((one) =>
      one.startsWith('policy-rule:'),
    )
    const run = await job.run('--yes', '--include', id, '--exclude', 'step:user-tokens')
    const step = guide(run, 'compliance-rule')
    expect(step.instructions.join('\n')).toContain('Mail scanner (do not touch)')
    expect(step.evidence).toContain('Mail scanner (do not touch)')
    expect(guide(run, 'vendor-console').locked.join('\n')).toMatch(/may send mail to the vendor/)
    expect((await job.confirm(run, 'compliance-rule')).exitCode).toBe(4)
    await job.control.act('delete-compliance-rule', { name: 'Mail scanner (do not touch)' })
    expect(guided(await job.resume(run))['compliance-rule']).toBe('verified')
  })

  test('that is excluded is kept, and the console stays locked', async () => {
    await using job = await openGoogleJob()
    const run = await job.begin('--exclude', 'step:compliance-rule')
    expect(run.summary.changes.filter(({ outcome }) => outcome === 'kept')).toHaveLength(1)
    expect(guide(run, 'vendor-console').locked.join('\n')).toContain('sends mail to the vendor')
    expect(guide(run, 'compliance-rule').evidence).toContain(`but what you keep: "${name}" (/)`)
  })
})

describe('hosts, gateways and lists', () => {
  test('types of settings that are not known and name hosts or gateways are shown as data', async () => {
    await using world = await openGoogleWorld({ scenario: 'google-host-types' })
    const { leftovers } = planOf(await world.run('--dry-run'))
    const shown = leftovers.filter(({ kind }) => kind === 'mail-host-settings')
    expect(shown.map((one) => one.name).toSorted()).toEqual([
      'gmail.inbound_gateway (/)',
      'gmail.mail_hosts (/)',
    ])
    expect(shown.map(({ reason }) => reason).join('\n')).toContain('99.81.216.78')
  })

  test('addresses of the vendor in lists are reported, and untouched', async () => {
    await using world = await openGoogleWorld()
    const dry = await world.run('--dry-run')
    expect(ids(dry.summary.leftovers)).toEqual([
      'ip-allowlist:99.81.216.78',
      'address-list:Scanner notices (/)',
      'spam-override:Trusted senders (/)',
      'blocked-senders:Blocked senders (/)',
    ])
    await using absent = await openGoogleWorld({ scenario: 'google-absent' })
    expect((await absent.run('--dry-run')).summary.leftovers).toEqual([])
  })

  test('addresses of another region are a reason not to run', async () => {
    await using world = await openGoogleWorld({ scenario: 'google-other-region' })
    const dry = await world.run('--dry-run')
    expect([dry.exitCode, ids(dry.summary.blockers)]).toEqual([4, ['region:us']])
    expect((await world.run('--dry-run', '--allow', 'region:us')).exitCode).toBe(0)
  })

  test.each(['us', 'eu', 'au'] as const)(
    'the guided step has the addresses of %s, and no other region’s',
    async (region) => {
      await using job = await openGoogleJob({ regions: [region] })
      const text = guide(await job.begin(), 'inbound-gateway').instructions.join('\n')
      const of = { us: '3.81.182.154', eu: '99.81.216.78', au: '13.236.255.231' }
      for (const [other, address] of Object.entries(of)) expect(text.includes(address)).toBe(other === region)
      expect(text).toContain('52.12.169.124')
      expect(text).toContain('X-PERCEPTION-POINT-SPAM: FAIL')
    },
  )
})

test('each guided step has a deep link without an account’s number, and instructions', async () => {
  await using job = await openGoogleJob()
  const run = await job.begin()
  for (const { id } of planOf(run).guided) {
    const step = guide(run, id)
    expect(step.link, id).toMatch(/^https:\/\/(?:admin\.google\.com\/ac|docs\.perception-point\.io)\//)
  }
  expect(guide(run, 'delegation').instructions.join('\n')).toContain(googleVendor.clientId)
  expect(guide(run, 'host').locked.join('\n')).toContain('compliance-rule')
})

test('without the client’s id, those that the audit log has are named', async () => {
  await using world = await openGoogleWorld()
  const run = await world.run('--yes', '--exclude', 'step:user-tokens', '--exclude', 'step:compliance-rule')
  const step = guide(run, 'delegation')
  expect(step.instructions.join('\n')).toContain(googleVendor.clientId)
  expect([step.outcome, step.rests]).toEqual(['action-required', 'nothing'])
})
