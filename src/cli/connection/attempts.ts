import type { Attempt } from '../../model/attempt.ts'
import { type AttemptOptions, createAttempt } from '../../run/retry.ts'
import { attemptsOver, transportOf } from '../exchange-transport.ts'
import type { Options } from '../parse.ts'

/** How often a request is sent at most, by what waits for its answer. */
export interface Attempts {
  /** Of Exchange Online: as often as its transport leaves to us. */
  readonly exchange: Attempt
  /** Of what a run cannot do without. */
  readonly needed: Attempt
  /** Of what it can do without, and must not be held up by. */
  readonly optional: Attempt
}

export function createAttempts(
  options: Pick<Options, 'exchange' | 'sandbox'>,
  retrying: Omit<AttemptOptions, 'attempts'>,
): Attempts {
  return {
    exchange: createAttempt({ ...retrying, attempts: attemptsOver[transportOf(options)] }),
    needed: createAttempt(retrying),
    optional: createAttempt({ ...retrying, attempts: 2 }),
  }
}
