import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SystemWriter } from '../../../src/model/adapter.ts'
import { ConflictError, ServiceError } from '../../../src/model/errors.ts'
import type { Json, JsonObject } from '../../../src/model/json.ts'
import type { Call, TenantObject, WritableResource } from '../../../src/model/resource.ts'
import { resourceOf, startTestTenant, type TestTenant } from '../../../test/support/exchange-tenant.ts'

let tenant: TestTenant
let writer: SystemWriter

beforeAll(async () => {
  tenant = await startTestTenant()
  writer = await tenant.writer()
})

afterAll(async () => {
  await tenant[Symbol.asyncDispose]()
})

function calls(resource: WritableResource, object: TenantObject): readonly Call[] {
  const rebuilt = resource.rebuild(object)
  if ('notRebuildable' in rebuilt) throw new Error(`${object.name}: ${rebuilt.notRebuildable.join(' ')}`)
  return rebuilt
}

async function named(resource: WritableResource, name: string): Promise<TenantObject> {
  const object = (await resource.list()).find((candidate) => candidate.name === name)
  if (object === undefined) throw new Error(`${name} is not there`)
  return object
}

/** A rule comes back disabled, and its state is given back by an edit. */
async function restoreState(
  resource: WritableResource,
  made: TenantObject,
  before: JsonObject,
): Promise<void> {
  if (before.State === undefined || before.State === made.properties.State) return
  await resource.edit(made, [{ kind: 'set', property: 'State', from: 'Disabled', to: before.State }])
}

/** Removes an object, makes it again from what was planned before, and compares. */
async function goRound(resource: WritableResource, object: TenantObject): Promise<void> {
  const planned = calls(resource, object)
  const before = resource.writable(object)
  await resource.remove([object])
  expect((await resource.list()).map(({ guid }) => guid)).not.toContain(object.guid)
  await resource.create(planned)
  const made = await named(resource, object.name)
  expect(made.guid).not.toBe(object.guid)
  if (resource.kind === 'transport-rule') expect(made.properties.State).toBe('Disabled')
  await restoreState(resource, made, before)
  expect(resource.writable(await named(resource, object.name))).toEqual(before)
}

describe('every object of the tenant that can be made again', () => {
  it.each(['transport-rule', 'inbound-connector', 'outbound-connector'])(
    'comes back as it was: %s',
    async (kind) => {
      const resource = resourceOf(writer, kind)
      const rules = resourceOf(writer, 'transport-rule')
      const objects = (await resource.list()).filter(
        (object) => !('notRebuildable' in resource.rebuild(object)),
      )
      expect(objects.length).toBeGreaterThan(2)
      for (const object of objects) {
        const routing = (await rules.list()).filter(
          ({ properties }) => properties.RouteMessageOutboundConnector === object.name,
        )
        await rules.remove(routing)
        await goRound(resource, object)
        for (const rule of routing) await rules.create(calls(rules, rule))
      }
    },
  )
})

const word = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 12 })
  .filter((text) => !/redacted/i.test(text))
const hostile = fc.oneof(
  word,
  fc.constantFrom(
    '$(whoami)',
    "it's",
    '"',
    '`n',
    'a\nb',
    '\u202eevil',
    '<b>x</b>',
    '*',
    '../..',
    '{"@odata.type":"x"}',
    '; exit 9',
  ),
)
const words = fc.uniqueArray(hostile, { minLength: 1, maxLength: 3 })
const optional = <T extends Json>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })

function present(parameters: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

const someRule = fc
  .record({
    Comments: optional(hostile),
    SubjectContainsWords: optional(words),
    ExceptIfSubjectOrBodyContainsWords: optional(words),
    SenderIpRanges: optional(fc.uniqueArray(fc.ipV4(), { minLength: 1, maxLength: 3 })),
    FromScope: optional(fc.constantFrom('InOrganization', 'NotInOrganization')),
    SCLOver: optional(fc.integer({ min: -1, max: 9 })),
    MessageSizeOver: optional(fc.integer({ min: 1, max: 1e9 })),
    ExpiryDate: optional(fc.constantFrom('2031-02-03T04:05:06Z', '2031-02-03T04:05:06.7890000+05:00')),
    StopRuleProcessing: optional(fc.boolean()),
    Mode: optional(fc.constantFrom('Enforce', 'Audit', 'AuditAndNotify')),
    SetSCL: fc.integer({ min: -1, max: 9 }),
    Enabled: fc.boolean(),
  })
  .map(present)

/** What was asked for, as far as it has one spelling already. */
function sorted({
  Name,
  SubjectContainsWords: list,
  SenderIpRanges: ranges,
  SCLOver,
  SetSCL,
}: JsonObject): JsonObject {
  const lists = Object.entries({ SubjectContainsWords: list, SenderIpRanges: ranges })
  return present({
    Name,
    SCLOver,
    SetSCL,
    ...Object.fromEntries(
      lists.map(([name, value]) => [name, Array.isArray(value) ? value.toSorted() : undefined]),
    ),
  })
}

describe('whatever a rule holds', () => {
  it('comes back as it was', async () => {
    const rules = resourceOf(writer, 'transport-rule')
    let serial = 0
    await fc.assert(
      fc.asyncProperty(someRule, hostile, async (parameters, text) => {
        serial += 1
        const name = `${serial} ${text}`
        await rules.create([{ command: 'New-TransportRule', parameters: { ...parameters, Name: name } }])
        const rule = await named(rules, name)
        expect(rules.writable(rule)).toMatchObject(sorted({ ...parameters, Name: name }))
        await goRound(rules, rule)
        await rules.remove([await named(rules, name)])
      }),
      { numRuns: 40 },
    )
  })
})

describe('an outbound connector', () => {
  const name = 'Perception Point Scanning'

  beforeAll(async () => {
    const rules = resourceOf(writer, 'transport-rule')
    await rules.remove(
      (await rules.list()).filter(({ properties }) => properties.RouteMessageOutboundConnector === name),
    )
  })

  it.each(['empty-body', 'lost-answer'] as const)(
    'is validated by GUID even when the answer that told it was lost: %s',
    async (kind) => {
      const connectors = resourceOf(writer, 'outbound-connector')
      await tenant.sandbox.control.fail({ kind, cmdlet: 'New-OutboundConnector' })
      await goRound(connectors, await named(connectors, name))
      const { guid } = await named(connectors, name)
      const { writes } = await tenant.sandbox.control.show()
      expect(writes.at(-1)).toMatchObject({ cmdlet: 'Set-OutboundConnector', parameters: { Identity: guid } })
    },
  )

  it('that a try left half made is completed by the next', async () => {
    const connectors = resourceOf(writer, 'outbound-connector')
    const connector = await named(connectors, name)
    const planned = calls(connectors, connector)
    const before = connectors.writable(connector)
    await connectors.remove([connector])
    await tenant.sandbox.control.fail({ kind: 'outage', cmdlet: 'Set-OutboundConnector' })
    await expect(connectors.create(planned)).rejects.toBeInstanceOf(ServiceError)
    await connectors.create(planned)
    expect(connectors.writable(await named(connectors, name))).toEqual(before)
  })

  it('of the same name that is another one is left alone', async () => {
    const connectors = resourceOf(writer, 'outbound-connector')
    const connector = await named(connectors, name)
    const planned = calls(connectors, connector)
    await connectors.remove([connector])
    const [first] = planned
    if (first === undefined) throw new Error('no call')
    await connectors.create([
      { ...first, parameters: { ...first.parameters, SmartHosts: ['mx.customer.example'] } },
    ])
    const theirs = connectors.writable(await named(connectors, name))
    await expect(connectors.create(planned)).rejects.toBeInstanceOf(ConflictError)
    expect(connectors.writable(await named(connectors, name))).toEqual(theirs)
  })
})

describe('a rule that is placed', () => {
  it('stands where it stood, among rules that have moved meanwhile', async () => {
    const rules = resourceOf(writer, 'transport-rule')
    const before = await rules.list()
    const [first, second] = [before[1], before[4]]
    if (first === undefined || second === undefined) throw new Error('too few rules')
    await rules.remove([first, second])
    for (const [rule, place] of [
      [first, 1],
      [second, 4],
    ] as const) {
      const placed = calls(rules, rule).map((call) => rules.place?.(call, place) ?? call)
      await rules.create(placed)
    }
    expect((await rules.list()).map(({ name }) => name)).toEqual(before.map(({ name }) => name))
  })
})
