import * as z from 'zod'
import type { Json, JsonObject } from '../model/json.ts'
import type { MxDecisions, Plan, Undo } from '../model/plan.ts'
import type { Call, Edit, ObjectRef } from '../model/resource.ts'
import { dnsProviderIds, platformIds, regionIds, systemIds } from '../model/words.ts'

const text = z.string()
const texts = z.array(text).readonly()
const json: z.ZodType<Json> = z.json()
const object: z.ZodType<JsonObject> = z.record(text, json)
const sha256 = text.regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 in hex')
const time = z.iso.datetime().describe('ISO 8601, UTC.')
const day = 24 * 60 * 60_000
const milliseconds = z.int().min(0).describe('Milliseconds.')

const objectRef = z.strictObject({
  guid: text.describe('Empty when the service has yet to give one.'),
  name: text,
}) satisfies z.ZodType<ObjectRef>

const call = z.strictObject({ command: text, parameters: object }) satisfies z.ZodType<Call>

const edit = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('set'), property: text, from: json, to: json }),
  z.strictObject({ kind: z.literal('remove-entry'), property: text, entry: text }),
  z.strictObject({ kind: z.literal('add-entry'), property: text, entry: text }),
]) satisfies z.ZodType<Edit>

const undo = z
  .union([
    z.strictObject({ calls: z.array(call).readonly() }),
    z.strictObject({ edit }),
    z.strictObject({ notRebuildable: texts }),
  ])
  .describe(
    'Calls that make the object again, the reverse edit, or why neither is possible.',
  ) satisfies z.ZodType<Undo>

const mxDecisions = z.strictObject({
  domains: texts.describe('The first stands for the tenant.'),
  previous: texts.describe('The MX to go back to: 10 mail.example.com, microsoft365 or google.'),
  vendorHosts: texts.describe("Hosts of MX records that are surely the vendor's."),
  vendorTxt: texts.describe("Values at _amazonses that are surely the vendor's."),
  provider: z.enum(dnsProviderIds).describe('How the zone is written; manual: a person types the records.'),
  zone: text.exactOptional().describe('The zone that holds the domains.'),
}) satisfies z.ZodType<MxDecisions>

const decisions = z.strictObject({
  include: texts.describe('Lookalikes that are removed all the same.'),
  exclude: texts.describe('What is kept.'),
  allow: texts.describe('Blockers that are waived.'),
  drainMs: milliseconds.describe('Least wait after the redirect is off, in milliseconds.'),
  drainMaxMs: milliseconds.describe('Longest wait, in milliseconds.'),
  revokeGrants: z.boolean().default(false).describe('The rights of the remediation app are taken away.'),
  deleteApp: z.boolean().default(false).describe('The remediation app is removed.'),
  googlePolicyWrites: z
    .boolean()
    .default(false)
    .describe("Rules are taken out of Gmail's policies by the Policy API."),
  effectWaitMs: milliseconds
    .default(day)
    .describe("How long changes of Gmail's settings may take to come into effect, in milliseconds."),
  mx: mxDecisions.exactOptional().describe('For platforms that change DNS.'),
})

const change = z
  .strictObject({
    id: text.describe('As --include, --exclude and --only take it: rule:NAME.'),
    step: text,
    lane: text.describe('What fails in one lane stops no other: a domain.').exactOptional(),
    system: z.enum(systemIds),
    kind: text.describe('The kind of object, such as transport-rule.'),
    action: z.enum(['remove', 'edit', 'create']),
    name: text,
    detail: text.describe('What it does today.'),
    reason: text.describe("Why it is surely the vendor's, or that it was included."),
    object: objectRef,
    edit: edit.exactOptional(),
    restsOn: z.enum(['object', 'edit']),
    before: object.describe('Normalised writable properties before; for create, as they will be.'),
    fingerprint: sha256.describe('SHA-256 of what this change rests on.'),
    undo,
    calls: z.array(call).readonly().exactOptional(),
  })
  .describe('One object to remove or create, or one property or list entry to edit.')

const found = { id: text, kind: text, name: text, reason: text }

/** Something that was found and is not touched. */
export const findingSchema = z.strictObject(found)

/** Like the footprint but not surely it. */
export const lookalikeSchema = z
  .strictObject({ ...found, step: text, detail: text, decision: z.enum(['undecided', 'exclude']) })
  .describe("Like the vendor's but not surely it: kept until it is included.")

/** Of the vendor, outside the procedure. */
export const leftoverSchema = z
  .strictObject({ ...found, harm: text, remedy: text })
  .describe('Of the vendor, outside the procedure: reported, not touched.')

/** A read that failed. */
export const unreadSchema = z.strictObject({
  kind: text,
  reason: text,
  required: z.boolean(),
  lane: text.exactOptional().describe('Only this lane, a domain, is incomplete.'),
})

/** A set of DNS records before and after. */
const recordSet = z.strictObject({
  zone: text,
  name: text,
  type: text,
  ttl: z.int().min(0).describe('Seconds.'),
  restsOn: z.enum(['object', 'edit']),
  before: texts.describe('Values in the form of zone files.'),
  after: texts,
})

const members = {
  format: z.literal('offboard.plan/1'),
  tool: text.describe('Version of the program that made it.'),
  createdAt: time,
  purpose: z.enum(['offboard', 'restore']),
  restores: text.describe('For a restore: the run whose changes are put back.').exactOptional(),
  tenant: objectRef.describe('Id and initial domain.'),
  platform: z.enum(platformIds),
  regions: z.array(z.enum(regionIds)).readonly(),
  footprint: text.describe('Version of the footprint data, and a mark of what the operator added to it.'),
  decisions,
  steps: z
    .array(z.strictObject({ id: text, title: text }))
    .readonly()
    .describe('All steps, in order.'),
  changes: z.array(change).readonly(),
  waits: z
    .array(
      z.strictObject({
        id: text,
        title: text,
        atLeastMs: milliseconds,
        atMostMs: milliseconds,
        unreadableMs: milliseconds.describe(
          'Go on after this time when nothing can tell whether it is over.',
        ),
      }),
    )
    .readonly(),
  guided: z
    .array(
      z.strictObject({
        id: text,
        title: text,
        optional: z.boolean(),
        link: text,
        objects: z
          .array(findingSchema)
          .readonly()
          .exactOptional()
          .describe('What was found for a person to take away.'),
      }),
    )
    .readonly()
    .describe('Steps that a person does.'),
  kept: z
    .array(
      z.strictObject({
        ...found,
        step: text,
        lost: z
          .literal(true)
          .exactOptional()
          .describe('It was removed and cannot be made again: a person has to.'),
      }),
    )
    .readonly(),
  lookalikes: z.array(lookalikeSchema).readonly(),
  leftovers: z.array(leftoverSchema).readonly(),
  blockers: z
    .array(z.strictObject({ ...found, waivable: z.boolean(), waived: z.boolean() }))
    .readonly()
    .describe('Reasons not to run.'),
  unread: z.array(unreadSchema).readonly().describe('Reads that failed: what was not checked.'),
  facts: object.describe('What the guards rested on.'),
  recordSets: z
    .array(recordSet)
    .readonly()
    .exactOptional()
    .describe('Sets of DNS records that are changed, whole.'),
  order: z.record(text, z.array(objectRef).readonly()).describe('The order of all objects, by kind.'),
  unmatched: texts.describe('IDs in --include, --exclude and --allow that matched nothing.'),
  hash: sha256.describe('SHA-256 over what will change and what the guards rested on.'),
}

/** A plan as JSON holds it, `offboard.plan/1`. One that says more than is read is not understood, so it is refused. */
export const planSchema = z.strictObject(members) satisfies z.ZodType<Plan>

/** A plan as a file holds it. */
export const planFileSchema = z.strictObject({
  ...members,
  digest: sha256.describe('SHA-256 over the canonical text of all else.'),
})
