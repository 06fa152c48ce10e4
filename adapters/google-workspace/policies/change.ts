import * as z from 'zod'
import {
  NotFoundError,
  type OffboardError,
  PermissionError,
  ServiceError,
  TenantError,
} from '../../../src/model/errors.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { WritableCustomer } from '../customer.ts'
import { parsed } from '../json.ts'
import { bodyOf, compare, type Intended, isSame, mayBeWritten } from './comparison.ts'
import { differencesOf } from './difference.ts'
import { type Policy, policyIn } from './policy.ts'

/** Waits between the reads that follow a write, in milliseconds: it may take a while until it shows. */
const looks = [0, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000]

const operation = z.looseObject({
  done: z.boolean().optional(),
  error: z.looseObject({ code: z.number().optional(), message: z.string().optional() }).optional(),
})

const byHand =
  'Nothing of the policy was changed. Do it by hand in the Admin console; a later read proves it.'

/** The service does not write this policy, in its own words. */
function notTaken(tried: string, said: string, cause?: unknown): PermissionError {
  return new PermissionError({ tried, said: `the service does not write it: ${said}`, hint: byHand, cause })
}

/** 400, 403 and 501 alike: https://docs.cloud.google.com/identity/docs/concepts/supported-policy-api-settings */
function isRefusal(error: unknown): error is OffboardError {
  return error instanceof PermissionError || error instanceof TenantError
}

/**
 * Sends the value. A refusal is thrown; undefined when the service took it, an error when it is in doubt: its answer
 * was lost, or it took it and then said that it failed.
 */
async function patch(
  { google }: WritableCustomer,
  { before, value }: Intended,
  tried: string,
): Promise<unknown> {
  try {
    const answer = parsed(operation, await google.patch(before.name, bodyOf(before, value), tried), tried)
    if (answer.error === undefined) return undefined
    return notTaken(tried, `${answer.error.code ?? ''} ${answer.error.message ?? ''}`.trim())
  } catch (error) {
    if (isRefusal(error)) throw notTaken(tried, error.said ?? error.message, error)
    if (error instanceof NotFoundError) throw error
    return error
  }
}

/** The policy now, even in a run that was interrupted; undefined when it is gone. */
async function readNow({ google }: WritableCustomer, name: string, tried: string) {
  try {
    return policyIn(await google.insisting.policy(name, tried), tried)
  } catch (error) {
    if (error instanceof NotFoundError) return undefined
    throw error
  }
}

/** A policy that is gone is one without anything in it: the service may drop one that has become empty. */
function emptied(before: Policy): Policy {
  return { ...before, value: {}, whole: { ...before.whole, setting: { type: before.type } } }
}

type Outcome =
  | { readonly is: 'done' }
  | { readonly is: 'as-before' }
  | { readonly is: 'other'; readonly now: JsonObject }

async function look(customer: WritableCustomer, intended: Intended, tried: string): Promise<Outcome> {
  const { before } = intended
  const now = (await readNow(customer, before.name, tried)) ?? emptied(before)
  const comparison = compare(intended, now)
  if (isSame(comparison.now, comparison.intended)) return { is: 'done' }
  if (isSame(comparison.now, comparison.before)) return { is: 'as-before' }
  return { is: 'other', now: comparison.now }
}

/** Reads until the policy is another than before, or for as long as is worth it. */
async function settled(customer: WritableCustomer, intended: Intended, tried: string): Promise<Outcome> {
  let outcome: Outcome = { is: 'as-before' }
  for (const ms of looks) {
    if (ms > 0) await customer.clock.sleep(ms, customer.signal)
    outcome = await look(customer, intended, tried)
    if (outcome.is !== 'as-before') break
  }
  return outcome
}

/** Puts the whole value back, and says whether a read shows it so. */
async function putBack(customer: WritableCustomer, { before, value }: Intended): Promise<string> {
  const tried = `put the policy ${before.name} back as it was`
  try {
    await customer.google.insisting.patch(before.name, bodyOf(before, before.value), tried)
    const outcome = await settled(customer, { before: { ...before, value }, value: before.value }, tried)
    return outcome.is === 'done'
      ? 'It was put back at once, and a read shows it as it was before.'
      : 'It was put back at once, but a read does NOT show it as it was before: compare it with the backup by hand.'
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    return `It could NOT be put back (${said}): put it back by hand, from the backup.`
  }
}

function assertWritable({ before, value }: Intended, tried: string): void {
  if (mayBeWritten(before.value) && mayBeWritten(value)) return
  throw new PermissionError({
    tried,
    said: 'the service shows characters of the policy as HTML entities, and writing them could alter other rules',
    hint: byHand,
  })
}

/**
 * Gives a policy another list of rules, and proves that nothing else of it has changed: else the whole value is put
 * back at once, and a TenantError says what was different. A PermissionError has the service's words when it does not
 * take the change, a ServiceError says that it is in doubt and nothing but a later read tells.
 */
export async function changePolicy(
  customer: WritableCustomer,
  intended: Intended,
  tried: string,
): Promise<void> {
  assertWritable(intended, tried)
  const doubt = await patch(customer, intended, tried)
  const outcome =
    doubt === undefined ? await settled(customer, intended, tried) : await look(customer, intended, tried)
  if (outcome.is === 'done') return
  if (outcome.is === 'as-before') {
    if (doubt !== undefined) throw doubt
    throw new ServiceError({ tried, said: 'the service answered "ok", and the policy is still as before' })
  }
  const differences = differencesOf(compare(intended, intended.before).intended, outcome.now)
  throw new TenantError({
    tried,
    said: `the service changed something else of the policy as well: ${differences.join('; ')}. ${await putBack(customer, intended)}`,
    hint: 'Do it by hand in the Admin console; a later read proves it.',
  })
}
