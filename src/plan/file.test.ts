import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OffboardError, RefusedError, UsageError } from '../model/errors.ts'
import type { Json, JsonObject } from '../model/json.ts'
import type { Plan } from '../model/plan.ts'
import { sampleChange, samplePlan } from '../report/sample/plan.ts'
import { planFromText, planToText } from './file.ts'
import { planHash } from './hash.ts'

function hashed(plan: Plan): Plan {
  return { ...plan, hash: planHash(plan) }
}

const json = fc.jsonValue().map((value): Json => JSON.parse(JSON.stringify(value)))
const properties: fc.Arbitrary<JsonObject> = fc.dictionary(fc.string(), json)
const name = fc.string({ unit: 'binary' })

const plans: fc.Arbitrary<Plan> = fc
  .record({
    purpose: fc.constantFrom('offboard' as const, 'restore' as const),
    tenant: fc.record({ guid: fc.uuid(), name }),
    changes: fc.array(
      fc
        .record({ name, before: properties, fingerprint: fc.constant('a'.repeat(64)) })
        .map((change) => sampleChange(change.name, change)),
      { maxLength: 3 },
    ),
    facts: properties,
    order: fc.dictionary(name, fc.array(fc.record({ guid: fc.uuid(), name }), { maxLength: 2 })),
    unmatched: fc.array(name, { maxLength: 2 }),
  })
  .map((parts): Plan => {
    const plan: Plan = JSON.parse(JSON.stringify({ ...samplePlan, ...parts }))
    return hashed(plan)
  })

function outcome(text: string): Plan | OffboardError {
  try {
    return planFromText(text, 'plan.json')
  } catch (error) {
    if (error instanceof OffboardError) return error
    throw error
  }
}

function changed(change: (plan: JsonObject) => JsonObject): OffboardError | Plan {
  const file: JsonObject = JSON.parse(planToText(hashed(samplePlan)))
  return outcome(JSON.stringify(change(file)))
}

describe('a plan in a file', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        expect(planFromText(planToText(plan), 'plan.json')).toStrictEqual(plan)
      }),
    )
  })

  it('is refused when any character of its content is changed', () => {
    const plan = hashed(samplePlan)
    const text = planToText(plan)
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
        const other = text.slice(0, at) + character + text.slice(at + 1)
        const result = outcome(other)
        if (result instanceof OffboardError) return
        expect(JSON.parse(other)).toStrictEqual(JSON.parse(text))
      }),
      { numRuns: 2000 },
    )
  })

  it('is refused when a digit of a wait, a name or a parameter of the undo is changed', () => {
    const text = planToText(hashed(samplePlan))
    for (const [from, to] of [
      ['"drainMs": 1800000', '"drainMs": 1800001'],
      ['"detail": "routes to', '"detail": "Routes to'],
      ['"Enabled": false', '"Enabled": true'],
    ] as const) {
      expect(text).toContain(from)
      expect(outcome(text.replace(from, to))).toBeInstanceOf(RefusedError)
    }
  })

  it('keeps a property whatever its name', () => {
    const before: JsonObject = JSON.parse('{"__proto__": 1, "constructor": 2, "toString": null}')
    const plan = hashed({ ...samplePlan, changes: [sampleChange('x', { before })], facts: before })
    const read = planFromText(planToText(plan), 'plan.json')
    expect(JSON.stringify(read.changes[0]?.before)).toBe(JSON.stringify(before))
    expect(JSON.stringify(read.facts)).toBe(JSON.stringify(before))
  })

  it('may be spaced in another way', () => {
    const plan = hashed(samplePlan)
    expect(outcome(planToText(plan).replaceAll('\n', '\r\n'))).toStrictEqual(plan)
    expect(outcome(JSON.stringify(JSON.parse(planToText(plan))))).toStrictEqual(plan)
  })

  it('is refused when its hash is not the hash of its content, whatever the digest', () => {
    const text = planToText({ ...samplePlan, hash: 'b'.repeat(64) })
    expect(outcome(text)).toBeInstanceOf(RefusedError)
  })

  it('names the member that is not as it should be', () => {
    const result = changed((plan) => ({ ...plan, waits: [{ id: 1 }] }))
    expect(result).toBeInstanceOf(RefusedError)
    expect(result).toMatchObject({ said: expect.stringContaining('waits[0].id') })
  })

  it('is refused with a member that is not known', () => {
    const result = changed((plan) => ({ ...plan, also: 1 }))
    expect(result).toMatchObject({ said: expect.stringContaining('also') })
  })

  it('is refused without its digest', () => {
    expect(changed(({ digest: _, ...plan }) => plan)).toBeInstanceOf(RefusedError)
  })
})

describe('a file that holds no plan', () => {
  it('is named, with the place where it stops being JSON', () => {
    const result = outcome('{\n  "format": offboard\n}')
    expect(result).toBeInstanceOf(UsageError)
    expect(result).toMatchObject({ tried: 'read the plan plan.json, line 2, column 13' })
  })

  it.each(['[]', '1', 'null', '"plan"'])('is a usage error: %s', (text) => {
    expect(outcome(text)).toBeInstanceOf(UsageError)
  })

  it('is a usage error when its format is another', () => {
    const result = changed((plan) => ({ ...plan, format: 'offboard.plan/2' }))
    expect(result).toBeInstanceOf(UsageError)
    expect(result).toMatchObject({ said: expect.stringContaining('offboard.plan/2') })
  })
})
