import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { Plan } from '../model/plan.ts'
import { planToText } from '../plan/file.ts'
import { sampleEvents } from '../report/sample/events.ts'
import { samplePlan } from '../report/sample/plan.ts'
import { sampleSummary } from '../report/sample/summary.ts'
import { schemas } from './schemas.ts'

const folder = join(import.meta.dirname, '..', '..', 'schemas')

/** A schema as someone else reads it: from the file alone. */
function published(name: string): z.ZodType {
  return z.fromJSONSchema(JSON.parse(readFileSync(join(folder, name), 'utf8')))
}

describe('the published schemas', () => {
  it('are what the sources say', () => {
    expect(readdirSync(folder).sort()).toStrictEqual(Object.keys(schemas).sort())
    for (const [name, schema] of Object.entries(schemas))
      expect(readFileSync(join(folder, name), 'utf8')).toBe(`${JSON.stringify(schema, null, 2)}\n`)
  })

  it('say what they are for', () => {
    for (const schema of Object.values(schemas))
      expect(schema).toMatchObject({
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        $id: expect.stringMatching(/^urn:offboard:/),
        title: expect.stringContaining('offboard'),
        description: expect.any(String),
      })
  })

  it('take a plan file, and no other', () => {
    const schema = published('plan.schema.json')
    const file: Plan = JSON.parse(planToText(samplePlan))
    expect(schema.safeParse(file).success).toBe(true)
    expect(schema.safeParse({ ...file, platform: 'm365' }).success).toBe(false)
    expect(schema.safeParse({ ...file, also: 1 }).success).toBe(false)
  })

  it('take every line of --json', () => {
    const schema = published('events.schema.json')
    const lines = [
      { type: 'version', format: 'offboard.events/1', version: '0.1.0' },
      { type: 'plan', plan: samplePlan, resumed: false },
      ...sampleEvents,
      sampleSummary(),
    ]
    for (const line of lines) expect(schema.safeParse(line)).toMatchObject({ success: true })
    expect(schema.safeParse({ ...sampleSummary(), exitCode: '0' }).success).toBe(false)
  })

  it('take a footprint file that leaves lists out', () => {
    const schema = published('footprint.schema.json')
    expect(schema.safeParse({ rules: ['Our Redirect'] }).success).toBe(true)
    expect(schema.safeParse({ rules: 'Our Redirect' }).success).toBe(false)
    expect(schema.safeParse({ rule: [] }).success).toBe(false)
  })
})
