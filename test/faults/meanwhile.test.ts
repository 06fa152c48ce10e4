import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/model/json.ts'
import type { Plan } from '../../src/model/plan.ts'
import type { acts } from '../../src/sandbox/acts.ts'
import type { SandboxView } from '../../src/sandbox/control/client.ts'
import { openProxy } from '../support/proxy.ts'
import { untrue } from '../support/truth.ts'
import { openWorld, outcomes, planOf, type World } from '../support/world.ts'

const timeout = 600_000

/** What people and apps do in a tenant at any time. */
const deeds: readonly (readonly [keyof typeof acts, JsonObject])[] = [
  ['add-customer-rule', {}],
  ['edit-customer-rule', {}],
  ['delete-customer-rule', {}],
  ['add-routing-rule', {}],
  ['add-customer-connector', {}],
  ['add-address', {}],
  ['remove-address', {}],
  ['disable-redirect-rule', {}],
  ['enable-redirect-rule', {}],
  ['edit-redirect-rule', {}],
  ['rename-redirect-rule', {}],
  ['delete-redirect-rule', {}],
  ['restore-redirect-rule', {}],
  ['edit-vendor-connector', {}],
  ['break-dns', {}],
]

/** Does it, if it can still be done: the service takes no rule that leads nowhere. */
async function meddle({ control }: World, [name, args]: readonly [string, JsonObject]): Promise<void> {
  const { objects } = await control.show()
  const isThere = objects['outbound-connector']?.some(({ Name }) => Name === 'Perception Point Scanning')
  if (name === 'add-routing-rule' && !isThere) return
  await control.act(name, args).catch(() => {})
}

/** Writes that are about anything but what the plan names. */
function stray({ writes }: SandboxView, { changes }: Plan): readonly string[] {
  const ids = new Set(changes.map(({ object }) => object.guid))
  const entries = new Set(changes.map(({ name }) => name))
  return writes
    .filter(({ parameters: { Identity, IPAllowList } }) => {
      const list = JSON.stringify(IPAllowList ?? null)
      const addresses = list.match(/\d+\.\d+\.\d+\.\d+/g) ?? []
      return !ids.has(String(Identity)) || !addresses.every((address) => entries.has(address))
    })
    .map(({ cmdlet, parameters }) => `${cmdlet} ${JSON.stringify(parameters)}`)
}

/** Names of the customer's rules that lead nowhere any more. */
function lostRoutes({ objects }: SandboxView): readonly string[] {
  const connectors = new Set((objects['outbound-connector'] ?? []).map(({ Name }) => Name))
  return (objects['transport-rule'] ?? [])
    .filter(({ RouteMessageOutboundConnector: route }) => typeof route === 'string' && !connectors.has(route))
    .map(({ Name }) => String(Name))
}

describe('whatever others do in the tenant while a run works', () => {
  test('law: only the plan’s objects are written, nothing counts as done that is not, no mail is lost', {
    timeout,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('default', 'plain', 'customer-address'),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.constantFrom(...deeds)), {
          minLength: 1,
          maxLength: 3,
        }),
        async (scenario, plot) => {
          await using world = await openWorld({ scenario })
          const direct = world.env.OFFBOARD_EXCHANGE_URL ?? ''
          await using proxy = await openProxy(direct, async (moment, number) => {
            const due = plot.filter(([at]) => moment === 'answered' && at === number)
            for (const [, deed] of due) await meddle(world, deed)
          })
          world.env.OFFBOARD_EXCHANGE_URL = proxy.url
          let outcome = await world.run('--yes')
          const plan = planOf(outcome)
          for (let tries = 0; tries < 3; tries += 1) {
            const view = await world.show()
            expect(stray(view, plan)).toEqual([])
            expect(lostRoutes(view)).toEqual([])
            // A run that was refused has seen that somebody undid what it had verified.
            if (outcome.exitCode !== 4) expect(untrue(plan.changes, outcomes(outcome), view)).toEqual([])
            expect([0, 1, 3, 4, 5]).toContain(outcome.exitCode)
            expect(outcome.summary.error?.name).not.toBe('InternalError')
            const { runId } = outcome.summary
            if (runId === null) return
            outcome = await world.offboard('resume', runId)
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})
