import { describe, expect, it } from 'vitest'
import { mailTrace } from '../../adapters/exchange-online/mail-trace.ts'
import { readableResources } from '../../adapters/exchange-online/resources/bind.ts'
import { bindSources } from '../../adapters/exchange-online/sources.ts'
import { exchangeReader, type Transport } from '../../adapters/exchange-online/transport.ts'
import { testEngines } from './engine.ts'
import { startPowerShellTenant } from './tenant.ts'
import { overRest } from './transports.ts'

/** A point in time, in any of its spellings. */
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}(?:Z|\+00:00)$/

/** The same values with one spelling for each point in time. */
function respelled(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, member: unknown) =>
    typeof member === 'string' && time.test(member) ? new Date(member).toISOString() : member,
  )
}

/** All that is read of a tenant, and what is made of it. */
async function everything(transport: Transport, now: number) {
  const reader = exchangeReader(transport)
  const resources = await Promise.all(
    [...readableResources(reader).values()].map(async ({ kind, list, writable, rebuild }) => {
      const objects = await list()
      return { kind, objects, writable: objects.map(writable), calls: objects.map(rebuild) }
    }),
  )
  const sources = await Promise.all(
    [...bindSources(reader).values()].map(async ({ kind, list }) => ({ kind, objects: await list() })),
  )
  const [from, to] = [new Date(now - 7_200_000), new Date(now - 1_800_000)]
  const messages = await mailTrace(reader).messages(from, to, [])
  return { resources, sources, messages }
}

describe.each(await testEngines())('on $name', (engine) => {
  it.each([
    'default',
    'hostile-names',
    'older-names',
    'unknown-condition',
    'old-dlp-condition',
    'redacted-text',
    'renamed-redirect',
    'leftovers',
    'endless-mail',
  ])('both transports read the same of a tenant: %s', async (scenario) => {
    await using tenant = await startPowerShellTenant(engine, { scenario })
    const now = Date.now()
    const rest = await everything(overRest(tenant), now)
    const powershell = await everything(tenant.transport(), now)
    expect(rest.resources.flatMap(({ objects }) => objects).length).toBeGreaterThan(3)
    expect(respelled(powershell)).toEqual(respelled(rest))
  })

  it('both transports name the same cmdlets that the caller may run', async () => {
    await using tenant = await startPowerShellTenant(engine, { scenario: 'read-only' })
    const mayRun = async (transport: Transport) => [...(await transport.allowedCmdlets())].sort()
    const all = new Set(await mayRun(overRest(tenant)))
    const ours = await mayRun(tenant.transport())
    expect(ours.length).toBeGreaterThan(10)
    expect(ours.filter((name) => !all.has(name))).toEqual([])
    expect(ours.filter((name) => !name.startsWith('Get-'))).toEqual([])
  })

  it('a tenant with 1,300 rules comes whole, in order', async () => {
    await using tenant = await startPowerShellTenant(engine, { scenario: 'many-rules' })
    const rules = readableResources(exchangeReader(tenant.transport({ timeoutMs: 100_000 }))).get(
      'transport-rule',
    )
    const found = (await rules?.list()) ?? []
    expect(found.map(({ properties }) => properties.Priority)).toEqual(
      Array.from({ length: 1300 }, (_, n) => n),
    )
  }, 120_000)
})
