import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../model/json.ts'
import { ownScopes } from '../scenarios/google/people.ts'
import { type Sandbox, startSandbox } from '../start.ts'
import { googleVendor } from './account.ts'
import { googleScopes } from './scopes.ts'
import { type GoogleAnswer, type RawGoogle, rawGoogle } from './test-google.ts'

let sandbox: Sandbox
let google: RawGoogle

beforeAll(async () => {
  sandbox = await startSandbox({ scenario: 'google-default' })
  google = await rawGoogle(sandbox, ownScopes)
})

afterAll(() => sandbox.close())

interface Found {
  readonly name: string
  readonly rules: readonly JsonObject[]
}

/** The top unit's policy of compliance rules. */
async function compliance(): Promise<Found> {
  const { google: view } = await sandbox.control.show()
  for (const { name, setting } of view.policies) {
    const text = JSON.stringify(setting)
    if (!text.includes('Archive redirect rule')) continue
    const { value } = JSON.parse(text)
    return { name: String(name), rules: value.contentComplianceRules }
  }
  throw new Error('no policy')
}

function patch(name: string, rules: readonly JsonObject[], more: JsonObject = {}): Promise<GoogleAnswer> {
  const setting = { type: 'settings/gmail.content_compliance', value: { contentComplianceRules: rules } }
  return google.call(`/v1/${name}`, { method: 'PATCH', body: { setting, ...more } })
}

/** Takes the vendor's rule out, in the scenario. */
async function removeRule(scenario: string): Promise<{ before: Found; after: Found; answer: GoogleAnswer }> {
  await sandbox.control.reset({ scenario })
  const before = await compliance()
  const answer = await patch(before.name, others(before))
  return { before, answer, after: await compliance() }
}

function others({ rules }: Found): readonly JsonObject[] {
  return rules.filter(({ description }) => description !== googleVendor.ruleName)
}

describe('a patch of Gmail’s compliance rules', () => {
  it('is done where Gmail can be written: the value is the one that was sent', async () => {
    const { before, after, answer } = await removeRule('google-policy-writes')
    expect(JSON.parse(answer.text)).toMatchObject({ done: true, response: { name: before.name } })
    expect(after.rules).toEqual(others(before))
    const { writes, google: view } = await sandbox.control.show()
    expect(writes).toMatchObject([{ cmdlet: 'PATCH policies', result: 'done' }])
    expect(JSON.stringify(view.audit.at(-1))).toContain(googleVendor.ruleName)
    expect(view.audit.at(-1)).toMatchObject({ actor: 'admin@contoso.com', events: expect.any(Array) })
  })

  it.each([
    ['google-default', 400, 'INVALID_ARGUMENT'],
    ['google-writes-unimplemented', 501, 'UNIMPLEMENTED'],
    ['google-writes-denied', 403, 'PERMISSION_DENIED'],
    ['google-writes-fail', 200, 'Error(7016)'],
  ])('changes nothing in the scenario %s: %i %s', async (scenario, status, text) => {
    const { before, after, answer } = await removeRule(scenario)
    expect(answer.status).toBe(status)
    expect(answer.text).toContain(text)
    expect(after).toEqual(before)
    expect((await sandbox.control.show()).writes).toMatchObject([{ result: 'refused' }])
  })

  it('may lose a field of another rule, once: the next one is whole', async () => {
    const { before, after, answer } = await removeRule('google-writes-drop')
    expect(answer.status).toBe(200)
    expect(after.rules).not.toEqual(others(before))
    expect(after.rules.map(({ ruleId }) => ruleId)).toEqual(others(before).map(({ ruleId }) => ruleId))
    expect((await patch(before.name, before.rules)).status).toBe(200)
    expect((await compliance()).rules).toEqual(before.rules)
  })

  it('may be answered before it is done', async () => {
    const { before, after, answer } = await removeRule('google-writes-slow')
    expect(JSON.parse(answer.text)).toMatchObject({ done: false })
    expect(after).toEqual(before)
    await sandbox.control.clock(30_000)
    expect((await compliance()).rules).toEqual(others(before))
  })

  it.each([
    [{ customer: 'customers/C0other' }],
    [{ policyQuery: { orgUnit: 'orgUnits/elsewhere' } }],
    [{ setting: { type: 'settings/gmail.rule_states', value: {} } }],
    [{ setting: 'none' }],
  ])('cannot change what is fixed: %j', async (more) => {
    await sandbox.control.reset({ scenario: 'google-policy-writes' })
    const before = await compliance()
    expect((await patch(before.name, before.rules, more)).status).toBe(400)
    expect(await compliance()).toEqual(before)
  })

  it('takes the scope that writes', async () => {
    await sandbox.control.reset({ scenario: 'google-policy-writes' })
    const reader = await rawGoogle(sandbox, [googleScopes.policiesReadonly])
    const { name } = await compliance()
    const answer = await reader.call(`/v1/${name}`, { method: 'PATCH', body: {} })
    expect(answer.status).toBe(403)
    expect(answer.text).toContain('ACCESS_TOKEN_SCOPE_INSUFFICIENT')
  })

  it('has a quota of its own', async () => {
    await sandbox.control.reset({ scenario: 'google-policy-writes' })
    const { name, rules } = await compliance()
    const statuses: number[] = []
    for (let index = 0; index < 3; index += 1) statuses.push((await patch(name, rules)).status)
    expect(statuses).toEqual([200, 200, 429])
    expect((await google.call('/v1/policies')).status).toBe(200)
  })
})
