import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Plan } from '../model/plan.ts'
import type { Look } from './layout.ts'
import { planText, totals, urgentPlanText } from './plan-text.ts'
import { sampleChange, samplePlan } from './sample/plan.ts'
import { widthOf } from './width.ts'

const wide: Look = { columns: 120, color: false, verbose: false }

function text(plan: Partial<Plan>, look: Partial<Look> = {}): string {
  return planText({ ...samplePlan, ...plan }, { ...wide, ...look })
}

/** Lines that are copied: they stay whole however narrow the screen. */
const copied = /--(include|exclude|allow) |^[0-9a-f]{64}$|^ +(https|mailto):/

describe.each([60, 80, 120])('a plan in %i columns', (columns) => {
  const shown = text({}, { columns })

  it('reads well', () => {
    expect(shown).toMatchSnapshot()
  })

  it('fits', () => {
    const long = shown.split('\n').filter((line) => widthOf(line) > columns && !copied.test(line))
    expect(long).toStrictEqual([])
  })

  it('names everything that it holds', () => {
    const flat = shown.replaceAll(/\s+/g, ' ')
    const { changes, kept, lookalikes, leftovers, blockers, guided, unmatched } = samplePlan
    for (const { name } of [...changes, ...kept, ...lookalikes, ...leftovers, ...blockers])
      expect(flat).toContain(`"${name}"`)
    for (const { detail } of changes) expect(flat).toContain(detail)
    for (const { reason } of [...lookalikes, ...leftovers, ...blockers]) expect(flat).toContain(reason)
    for (const { harm, remedy } of leftovers) expect(flat).toContain(`harm: ${harm} remedy: ${remedy}`)
    for (const text of guided.flatMap(({ title, link }) => [title, link])) expect(flat).toContain(text)
    for (const id of unmatched) expect(flat).toContain(`'${id}' matches nothing`)
    expect(flat).toContain(samplePlan.hash)
    expect(flat).toContain(`${samplePlan.tenant.name} (${samplePlan.tenant.guid})`)
  })
})

describe('a plan', () => {
  it('says what holds it up before anything else', () => {
    const shown = text({})
    expect(shown.indexOf('Blockers: 2 reasons not to run')).toBeGreaterThan(0)
    expect(shown.indexOf('Blockers')).toBeLessThan(shown.indexOf('Not checked'))
    expect(shown.indexOf('Not checked')).toBeLessThan(shown.indexOf('1. Stop the redirect'))
  })

  it('says which blocker can be waived, and how', () => {
    const shown = text({})
    expect(shown).toMatch(/\(routes:Legal hold\)\n.*\n +This cannot be waived\./)
    expect(shown).toMatch(/\(region:us\)\n.*\n.*--allow 'region:us'|--allow region:us/)
    expect(shown).toMatch(/Waived by you\n {2}! domain "contoso\.com"/)
  })

  it('walks the steps in the order of the procedure, the wait in its place', () => {
    const headings = text({})
      .split('\n')
      .filter((line) => /^\d\. /.test(line))
    expect(headings).toStrictEqual([
      '1. Stop the redirect',
      '2. Wait until the scanner has given back all mail',
      '3. Remove the addresses from the allow list',
      '4. Delete the mail-flow rules (2 changes)',
      '5. Delete the connectors',
    ])
  })

  it('tells each change on a line that begins with its sign', () => {
    const shown = text({})
    expect(shown).toContain('  ~ disable rule "Redirect Rule": routes to "Scanning"\n')
    expect(shown).toContain('  - remove address "192.0.2.10": always allowed in "Default"\n')
    expect(shown).toContain('  - remove rule "Junk Rule (High)": sets SCL 9, from SCL 7\n')
    expect(shown).toContain('  - remove outbound connector "Scanning": sends to mx.vendor.example\n')
  })

  it('gives the exact option that decides about a lookalike, in a shell that has quotes', () => {
    const shown = text({})
    expect(shown).toContain('    to remove it  --include "rule:O\'Hara\'s junk rule"\n')
    expect(shown).toContain('    to keep it    --exclude "rule:O\'Hara\'s junk rule"\n')
    expect(shown).not.toContain('--include inbound:Relay')
    expect(shown).toContain('= inbound connector "Relay"')
  })

  it('warns of a change that cannot be put back', () => {
    const change = sampleChange('Old Rule', { undo: { notRebuildable: ['it has a DLP policy'] } })
    expect(text({ changes: [change] })).toContain('    cannot be put back: it has a DLP policy\n')
  })

  it('tells many alike as one list with their number, and none is left out', () => {
    const addresses = Array.from({ length: 40 }, (_, index) => `192.0.2.${index}`)
    const changes = addresses.map((name) =>
      sampleChange(name, {
        id: `ip:${name}`,
        step: 'addresses',
        detail: 'always allowed',
        edit: { kind: 'remove-entry', property: 'IPAllowList', entry: name },
      }),
    )
    const shown = text({ changes })
    expect(shown).toContain('  - remove 40 addresses, always allowed:\n')
    for (const name of addresses) expect(shown).toContain(`"${name}"`)
    expect(text({ changes }, { verbose: true })).toContain('  - remove address "192.0.2.39"')
  })

  it('says how many of a long list are not shown, and shows them when asked', () => {
    const lookalikes = Array.from({ length: 30 }, (_, index) => ({
      id: `rule:${index}`,
      kind: 'transport-rule',
      name: `Rule ${index}.`,
      reason: 'like it',
      step: 'rules',
      detail: '',
      decision: 'undecided' as const,
    }))
    expect(text({ lookalikes })).toContain('… and 20 more: --verbose lists all 30\n')
    expect(text({ lookalikes })).not.toContain('"Rule 29."')
    expect(text({ lookalikes }, { verbose: true })).toContain('"Rule 29."')
  })

  it('says before and after of each change when asked', () => {
    const shown = text({}, { verbose: true })
    expect(shown).toContain('      SetSCL: 9\n      State: "Enabled"\n      State becomes "Disabled"\n')
    expect(shown).toContain('    id: outbound:Scanning\n')
  })

  it('says so when there is nothing to change', () => {
    const empty = {
      changes: [],
      waits: [],
      lookalikes: [],
      leftovers: [],
      blockers: [],
      kept: [],
      unread: [],
    }
    expect(totals({ ...samplePlan, ...empty })).toBe('nothing to change, 1 step by hand')
    expect(text(empty)).toContain('Nothing to change, 1 step by hand.\n')
  })

  it('counts what it holds', () => {
    expect(totals(samplePlan)).toBe(
      '5 changes in 4 steps, 1 step by hand, 1 lookalike kept, 2 excluded, 1 leftover, 2 blockers, 3 not checked',
    )
  })

  it('says what this program leaves to its reader', () => {
    expect(text({})).toContain('remediation app')
    expect(text({})).toContain('only some of the domains')
    expect(text({ purpose: 'restore', restores: 'r1' })).not.toContain('remediation app')
  })

  it('says that no app was found only where one was looked for and none was', () => {
    const none = 'none with a name of the vendor was found'
    const app = { id: 'app:6f', kind: 'service-principal', name: 'Scanner', reason: 'r', detail: '' }
    expect(text({})).toContain(none)
    expect(text({ steps: [{ id: 'rules', title: 'Rules' }] })).not.toContain(none)
    expect(text({ unread: [{ kind: 'service-principal', reason: 'no', required: false }] })).not.toContain(
      none,
    )
    expect(text({ lookalikes: [{ ...app, step: 'remediation-app', decision: 'undecided' }] })).not.toContain(
      none,
    )
  })

  it('reads as a restore when it is one', () => {
    const shown = text({
      purpose: 'restore',
      restores: '20261124-081107-k3f9',
      changes: [
        sampleChange('Scanning', { action: 'create', kind: 'outbound-connector', detail: 'as it was' }),
        sampleChange('192.0.2.1', {
          id: 'ip:192.0.2.1',
          edit: { kind: 'add-entry', property: 'IPAllowList', entry: '192.0.2.1' },
        }),
        sampleChange('Junk', { edit: { kind: 'set', property: 'State', from: 'Disabled', to: 'Enabled' } }),
      ],
      waits: [],
      guided: [],
    })
    expect(shown).toMatch(
      /^Plan to put back in contoso\.onmicrosoft\.com what run 20261124-081107-k3f9 changed\n/,
    )
    expect(shown).toContain('  + create outbound connector "Scanning"')
    expect(shown).toContain('  + add address "192.0.2.1"')
    expect(shown).toContain('  ~ enable rule "Junk"')
    expect(shown).toContain('Not put back\n')
  })

  it('cannot be forged by the names in it', () => {
    const name = fc.string({ unit: 'binary', maxLength: 200 })
    fc.assert(
      fc.property(name, name, fc.constantFrom(60, 80, 120), (one, other, columns) => {
        const [first] = samplePlan.lookalikes
        const shown = text(
          {
            tenant: { guid: 'x', name: one },
            changes: [sampleChange(one, { detail: other, reason: other })],
            lookalikes: first === undefined ? [] : [{ ...first, name: one, reason: other, detail: other }],
            unmatched: [one],
          },
          { columns, verbose: true },
        )
        expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
        expect(shown.split('\n').filter((line) => /^ {2}[-+~] /.test(line))).toHaveLength(1)
      }),
    )
  })
})

describe('what is urgent in a plan', () => {
  it('is what a person must decide, and what the plan needs and could not read', () => {
    const shown = urgentPlanText(samplePlan, wide)
    expect(shown).toContain('Legal hold')
    expect(shown).toContain("O'Hara's junk rule")
    expect(shown).toContain('transport rule (the plan needs it): the service failed')
    expect(shown).not.toContain('arc config')
    expect(shown).not.toContain('Delete the connectors')
    expect(urgentPlanText({ ...samplePlan, blockers: [], lookalikes: [], unread: [] }, wide)).toBe('')
  })
})
