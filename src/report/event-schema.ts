import * as z from 'zod'
import type { Check, GuidedState, RunEvent, Summary } from '../model/events.ts'
import type { Entry, RunRecord } from '../model/journal.ts'
import type { Json, JsonObject } from '../model/json.ts'
import type { Finding, Leftover, Lookalike, Plan, Unread } from '../model/plan.ts'
import { grounds, itemOutcomes, platformIds, regionIds, runOutcomes, verifyOutcomes } from '../model/words.ts'
import { eventsFormat } from './json-lines.ts'

/** What the lines hold of plans, by the schemas of plans. */
export interface PlanSchemas {
  readonly plan: z.ZodType<Plan>
  readonly finding: z.ZodType<Finding>
  readonly lookalike: z.ZodType<Lookalike>
  readonly leftover: z.ZodType<Leftover>
  readonly unread: z.ZodType<Unread>
}

const text = z.string()
const texts = z.array(text).readonly()
const time = z.iso.datetime().describe('ISO 8601, UTC.')
const json: z.ZodType<Json> = z.json()
const object: z.ZodType<JsonObject> = z.record(text, json)
const itemOutcome = z.enum(itemOutcomes)
const runOutcome = z.enum(runOutcomes)
const regions = z.array(z.enum(regionIds)).readonly()

/** The first line. */
const versionLine = z
  .strictObject({ type: z.literal('version'), format: z.literal(eventsFormat), version: text })
  .describe('The first line: the format of all lines, and the version of the program.')

const attested = z.strictObject({ by: text, at: time, note: text.exactOptional() })

const guidedState = z.strictObject({
  id: text,
  title: text,
  optional: z.boolean(),
  outcome: itemOutcome,
  link: text,
  instructions: texts,
  locked: texts.describe('What speaks against doing it now.'),
  attachments: z.array(z.strictObject({ name: text, content: text })).readonly(),
  attested: attested.exactOptional(),
  evidence: text.exactOptional().describe('What could be read of whether it was done.'),
  rests: z.enum(grounds).exactOptional().describe('What that rests on.'),
}) satisfies z.ZodType<GuidedState>

const check = z.strictObject({
  check: text,
  ok: z.enum(['ok', 'missing', 'unknown']),
  detail: text,
  remedy: text.exactOptional(),
}) satisfies z.ZodType<Check>

const entry = z.strictObject({
  seq: z.int(),
  at: time,
  subject: text.describe('The id of a change, a wait or a guided step; "run" for the run itself.'),
  event: z.enum(['intended', 'began', 'note', ...itemOutcomes]),
  data: object.exactOptional(),
}) satisfies z.ZodType<Entry>

function recordOf(plan: z.ZodType<Plan>) {
  return z.strictObject({
    id: text,
    state: z.enum(['open', 'ended', 'abandoned']),
    outcome: runOutcome.nullable(),
    plan,
    approval: z.strictObject({
      hash: text,
      how: z.enum(['typed', 'plan-file', 'plan-hash', 'yes']),
      who: text,
      at: time,
    }),
    settings: object,
    startedAt: time,
    updatedAt: time,
  }) satisfies z.ZodType<RunRecord>
}

function summaryOf(finding: z.ZodType<Finding>) {
  return z
    .strictObject({
      type: z.literal('summary'),
      command: text,
      outcome: z.enum([...runOutcomes, ...verifyOutcomes]),
      exitCode: z.int(),
      tenant: text.nullable().describe('The initial domain.'),
      platform: z.enum(platformIds).nullable(),
      regions,
      planHash: text.nullable(),
      runId: text.nullable().describe('null in a dry run, which writes no journal.'),
      changes: z
        .array(z.strictObject({ id: text, step: text, kind: text, name: text, outcome: itemOutcome }))
        .readonly(),
      lookalikes: z.array(finding).readonly(),
      leftovers: z.array(finding).readonly(),
      blockers: z.array(finding).readonly(),
      guided: z.array(z.strictObject({ id: text, optional: z.boolean(), outcome: itemOutcome })).readonly(),
      resumeAfter: time.nullable().describe('When to come back.'),
      next: texts.describe('Commands to type next.'),
      error: z.strictObject({ name: text, message: text, hint: text.exactOptional() }).exactOptional(),
    })
    .describe('The last line.') satisfies z.ZodType<Summary>
}

/** One line of `--json`: the first one, or an event. */
export function eventLineSchema({ plan, finding, lookalike, leftover, unread }: PlanSchemas) {
  const record = recordOf(plan)
  const events = [
    z.strictObject({ type: z.literal('reading'), tenant: text, title: text }),
    z.strictObject({
      type: z.literal('plan'),
      plan,
      resumed: z.boolean(),
    }),
    z.strictObject({ type: z.literal('run'), runId: text, resumed: z.boolean() }),
    z.strictObject({ type: z.literal('step'), id: text, title: text }),
    z.strictObject({
      type: z.literal('change'),
      id: text,
      name: text,
      outcome: itemOutcome,
      detail: text.exactOptional(),
    }),
    z.strictObject({
      type: z.literal('wait'),
      id: text,
      title: text,
      state: z.enum(['waiting', 'over', 'unverified', 'action-required']),
      until: time.describe('When the least wait is over.'),
      evidence: text,
    }),
    z.strictObject({ type: z.literal('guided'), step: guidedState }),
    z.strictObject({ type: z.literal('saved'), step: text, files: texts }),
    z.strictObject({ type: z.literal('retry'), reason: text, waitMs: z.number() }),
    z.strictObject({ type: z.literal('warning'), text }),
    z.strictObject({
      type: z.literal('found'),
      present: z.array(finding).readonly(),
      lookalikes: z.array(lookalike).readonly(),
      leftovers: z.array(leftover).readonly(),
      unread: z.array(unread).readonly(),
    }),
    z.strictObject({ type: z.literal('history'), runs: z.array(record).readonly() }),
    z.strictObject({ type: z.literal('show'), run: record, entries: z.array(entry).readonly() }),
    z.strictObject({ type: z.literal('checks'), checks: z.array(check).readonly() }),
    z.strictObject({ type: z.literal('pruned'), runs: texts }),
    summaryOf(finding),
  ] as const
  const event = z.discriminatedUnion('type', events) satisfies z.ZodType<RunEvent>
  return z.discriminatedUnion('type', [versionLine, ...event.options])
}
