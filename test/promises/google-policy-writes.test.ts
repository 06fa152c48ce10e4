import { describe, expect, test } from 'vitest'
import { googleVendor } from '../../src/sandbox/google/account.ts'
import { consoleSteps, guide, guided, openGoogleJob, policies } from '../scenarios/google-job.ts'
import { outcomes, planOf } from '../support/world.ts'

const writing = '--google-policy-writes'
const ours = new RegExp(googleVendor.ruleName, 'i')

/** What the customer has besides the vendor's rule and its state. */
function others(found: Awaited<ReturnType<typeof policies>>): string {
  return JSON.stringify(found, (_key, value) =>
    Array.isArray(value) ? value.filter((entry) => !ours.test(String(entry?.description ?? ''))) : value,
  )
}

describe('where policies can be written', () => {
  test.each(['google-policy-writes', 'google-writes-slow'])(
    '%s: the rule goes, and every other stays as it was',
    async (scenario) => {
      await using job = await openGoogleJob(scenario)
      const before = others(
        (await policies(job)).filter(({ setting }) => !/rule_states/.test(JSON.stringify(setting))),
      )
      const run = await job.begin(writing)
      expect(run.exitCode, run.summary.error?.message).toBe(3)
      expect(Object.values(outcomes(run)).filter((outcome) => outcome !== 'kept')).toEqual(['verified'])
      expect(Object.keys(guided(run))).not.toContain('compliance-rule')
      const after = await policies(job)
      expect(JSON.stringify(after)).not.toMatch(ours)
      expect(others(after.filter(({ setting }) => !/rule_states/.test(JSON.stringify(setting))))).toBe(before)
      expect((await job.show()).writes.map(({ cmdlet }) => cmdlet)).toEqual(['PATCH policies'])

      const again = await job.resume(run)
      expect(again.exitCode).toBe(3)
      expect((await job.show()).writes).toHaveLength(1)
    },
  )

  test('several rules, of units and groups, are each a change', async () => {
    await using job = await openGoogleJob('google-several-rules')
    await job.control.act('set-policy-writes', { to: 'done' })
    const run = await job.begin(writing)
    expect(planOf(run).changes.map(({ id }) => outcomes(run)[id])).toEqual([
      'verified',
      'verified',
      'verified',
    ])
    expect(JSON.stringify((await job.show()).google.rules)).not.toMatch(/perception point\s+redirect/i)
  })

  test('the same run once more finds nothing to do', async () => {
    await using job = await openGoogleJob('google-policy-writes')
    await job.begin(writing)
    const second = await job.begin(writing)
    expect(second.summary.changes.filter(({ outcome }) => outcome !== 'kept')).toEqual([])
    expect(guided(second)['compliance-rule']).toBe('verified')
    expect((await job.show()).writes).toHaveLength(1)
  })

  test('a whole job ends with 0', async () => {
    await using job = await openGoogleJob('google-policy-writes')
    const run = await job.begin(writing)
    for (const act of ['delete-delegation-client', 'delete-host', 'edit-inbound-gateway'])
      await job.control.act(act)
    await job.confirmAll(run, ...consoleSteps.filter((step) => step !== 'compliance-rule'))
    expect((await job.resume(run, '--no-wait')).exitCode).toBe(75)
    await job.hours(25)
    expect((await job.resume(run)).exitCode).toBe(3)
    await job.confirmAll(run, 'vendor-console')
    expect((await job.resume(run)).exitCode).toBe(0)
  })

  test('restore makes the rule again, switched off, and on only when that is asked for', async () => {
    await using job = await openGoogleJob('google-policy-writes')
    const before = await policies(job)
    const run = await job.begin(writing)
    const restored = await job.offboard('restore', run.summary.runId ?? '', '--yes')
    expect(restored.exitCode, restored.summary.error?.message).toBe(0)
    const rule = async () =>
      (await job.show()).google.rules.find(({ description }) => ours.test(String(description)))
    expect(await rule()).toMatchObject({ enabled: false })
    await using other = await openGoogleJob('google-policy-writes')
    const run2 = await other.begin(writing)
    const on = await other.offboard('restore', run2.summary.runId ?? '', '--yes', '--enable-redirect')
    expect(on.exitCode, on.summary.error?.message).toBe(0)
    const rules = (found: typeof before) =>
      JSON.stringify(found)
        .match(/"description":"[^"]*"/g)
        ?.toSorted()
    expect(rules(await policies(other))).toEqual(rules(before))
    expect(JSON.stringify(await policies(other))).not.toContain('"enabled":false,"ruleId":"5826e')
  })
})

describe('a write that changes something else', () => {
  test('is undone at once, and failed', async () => {
    await using job = await openGoogleJob('google-writes-drop')
    const before = await policies(job)
    const run = await job.begin(writing)
    expect([run.exitCode, run.summary.outcome]).toEqual([1, 'failed'])
    expect(Object.values(outcomes(run))).toContain('failed')
    expect(run.summary.error?.message).toMatch(/changed something else.*put back at once/s)
    expect(await policies(job)).toEqual(before)
  })

  test('and cannot be undone is said so, and failed', async () => {
    await using job = await openGoogleJob('google-writes-keep-dropping')
    const run = await job.begin(writing)
    expect(run.exitCode).toBe(1)
    expect(run.summary.error?.message).toMatch(/does NOT show it as it was|could NOT be put back/)
  })
})

describe('where the service does not write policies', () => {
  test.each(['google-default', 'google-writes-unimplemented', 'google-writes-denied', 'google-writes-fail'])(
    '%s: a person does it, with the service’s words, and a read proves it',
    async (scenario) => {
      await using job = await openGoogleJob(scenario)
      const before = await policies(job)
      const run = await job.begin(writing)
      expect([run.exitCode, run.summary.outcome]).toEqual([3, 'action-required'])
      const [id = ''] = planOf(run).changes.map((change) => change.id)
      expect(outcomes(run)[id]).toBe('action-required')
      const step = guide(run, 'compliance-rule')
      expect(step.instructions[0]).toMatch(/^By hand, as the service does not write it: .+/)
      expect(step.instructions.join('\n')).toContain(googleVendor.ruleName)
      expect(await policies(job)).toEqual(before)
      const { writes } = await job.show()
      expect((await job.resume(run)).exitCode, 'it is not tried again').toBe(3)
      expect((await job.show()).writes).toEqual(writes)

      expect((await job.confirm(run, 'host')).exitCode, 'the rule is there').toBe(4)
      await job.control.act('delete-compliance-rule')
      await job.confirmAll(run, 'compliance-rule', 'host')
      const after = await job.resume(run)
      expect(outcomes(after)[id]).toBe('verified')
      expect((await job.show()).writes).toEqual(writes)
    },
  )
})
