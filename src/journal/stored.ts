import * as z from 'zod'
import { UsageError } from '../model/errors.ts'
import type { Backup, Entry, EntryEvent, RunRecord, RunState } from '../model/journal.ts'
import type { JsonObject } from '../model/json.ts'
import type { Approval, Plan } from '../model/plan.ts'
import { itemOutcomes, platformIds, regionIds, runOutcomes } from '../model/words.ts'

const runStates = ['open', 'ended', 'abandoned'] as const satisfies readonly RunState[]
const events = ['intended', 'began', 'note', ...itemOutcomes] as const satisfies readonly EntryEvent[]

/** Holds a value to a shape and keeps it as it is, under the type that the program wrote. */
function shaped<T>(shape: z.ZodType): z.ZodType<T> {
  return z.custom<T>().superRefine((value, context) => {
    for (const { path, message } of shape.safeParse(value).error?.issues ?? []) {
      context.addIssue({ code: 'custom', path, message })
    }
  })
}

/** A column of JSON text. */
function json<T>(content: z.ZodType<T>) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text)
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' })
        return z.NEVER
      }
    })
    .pipe(content)
}

const texts = z.array(z.string())
const objects = z.array(z.looseObject({}))
const ref = z.looseObject({ guid: z.string(), name: z.string() })

const plan = shaped<Plan>(
  z.looseObject({
    format: z.literal('offboard.plan/1'),
    createdAt: z.string(),
    purpose: z.enum(['offboard', 'restore']),
    tenant: ref,
    platform: z.enum(platformIds),
    regions: z.array(z.enum(regionIds)),
    decisions: z.looseObject({ include: texts, exclude: texts, allow: texts }),
    changes: z.array(
      z.looseObject({
        id: z.string(),
        step: z.string(),
        system: z.string(),
        kind: z.string(),
        action: z.enum(['remove', 'edit', 'create']),
        name: z.string(),
        object: ref,
        fingerprint: z.string(),
      }),
    ),
    waits: objects,
    guided: objects,
    lookalikes: objects,
    leftovers: objects,
    blockers: objects,
    hash: z.string(),
  }),
)

const approval = shaped<Approval>(
  z.looseObject({ hash: z.string(), how: z.string(), who: z.string(), at: z.string() }),
)

const jsonObject = shaped<JsonObject>(z.looseObject({}))

const runRow = z.looseObject({
  id: z.string(),
  state: z.enum(runStates),
  outcome: z.enum(runOutcomes).nullable(),
  plan: json(plan),
  approval: json(approval),
  settings: json(jsonObject),
  started_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
})

const entryRow = z.looseObject({
  seq: z.int(),
  at: z.iso.datetime(),
  subject: z.string(),
  event: z.enum(events),
  data: json(jsonObject).nullable(),
})

const backupRow = z.looseObject({
  change: z.string(),
  kind: z.string(),
  object: json(
    shaped<Backup['object']>(z.looseObject({ guid: z.string(), name: z.string(), properties: jsonObject })),
  ),
})

/** Where a row stands, for the error when it is damaged. */
export interface Place {
  /** The journal's file. */
  readonly journal: string
  readonly run: string
}

const anyRow = z.looseObject({})

/** Throws a UsageError that names run and row when the row is damaged. So do the two below. */
export function readRun(row: unknown, place: Place): RunRecord {
  const stored = read(runRow, row, () => 'its record', place)
  const {
    id,
    state,
    outcome,
    plan,
    approval,
    settings,
    started_at: startedAt,
    updated_at: updatedAt,
  } = stored
  return { id, state, outcome, plan, approval, settings, startedAt, updatedAt }
}

export function readEntry(row: unknown, place: Place): Entry {
  const { seq, at, subject, event, data } = read(entryRow, row, () => `entry ${name(row, 'seq')}`, place)
  return data === null ? { seq, at, subject, event } : { seq, at, subject, event, data }
}

export function readBackup(row: unknown, place: Place): Backup {
  const { change, kind, object } = read(backupRow, row, () => `the backup of ${name(row, 'change')}`, place)
  return { change, kind, object }
}

function read<T>(schema: z.ZodType<T>, row: unknown, what: () => string, place: Place): T {
  const parsed = schema.safeParse(row)
  if (parsed.success) return parsed.data
  const said = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
  throw new UsageError({
    tried: `read run ${place.run}, ${what()}, in the journal ${place.journal}`,
    said: `it is damaged: ${said}`,
    hint: 'Nothing was changed. Keep the file: the backups of this run and of others are inside it.',
  })
}

function name(row: unknown, column: string): string {
  const value = anyRow.safeParse(row).data?.[column]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '?'
}
