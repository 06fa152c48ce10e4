import { googleVendor } from '../../src/sandbox/google/account.ts'
import { openGoogleWorld } from '../support/google.ts'
import type { Outcome, World, WorldOptions } from '../support/world.ts'

export const client = ['--delegation-client', googleVendor.clientId] as const

/** A customer, and what is done with it again and again. */
export interface GoogleJob extends World {
  /** `run` with the client named and all lookalikes decided about. */
  begin(...argv: readonly string[]): Promise<Outcome>
  /** The console's acts, as a person does them. */
  clickAll(): Promise<void>
  /** `confirm` for each. Throws when one is refused. */
  confirmAll(run: Outcome, ...steps: readonly string[]): Promise<void>
  confirm(run: Outcome, step: string): Promise<Outcome>
  resume(run: Outcome, ...argv: readonly string[]): Promise<Outcome>
  hours(count: number): Promise<void>
}

export const consoleSteps = ['delegation', 'compliance-rule', 'host', 'inbound-gateway'] as const

/** IDs of what is like the vendor's in this tenant. */
async function undecided(world: World): Promise<readonly string[]> {
  const dry = await world.run('--dry-run', ...client)
  return dry.summary.lookalikes.flatMap(({ id }) => ['--exclude', id])
}

export async function openGoogleJob(options: WorldOptions | string = {}): Promise<GoogleJob> {
  const world = await openGoogleWorld(typeof options === 'string' ? { scenario: options } : options)
  const confirm = (run: Outcome, step: string) =>
    world.offboard('confirm', run.summary.runId ?? '', step, '--by', 'Ada Lovelace')
  return {
    ...world,
    begin: async (...argv) => world.run('--yes', ...client, ...(await undecided(world)), ...argv),
    clickAll: async () => {
      for (const act of [
        'delete-delegation-client',
        'delete-compliance-rule',
        'delete-host',
        'edit-inbound-gateway',
      ])
        await world.control.act(act)
    },
    async confirmAll(run, ...steps) {
      for (const step of steps) {
        const { exitCode, summary } = await confirm(run, step)
        if (exitCode !== 0) throw new Error(`${step} was not confirmed: ${summary.error?.message}`)
      }
    },
    confirm,
    resume: (run, ...argv) => world.offboard('resume', run.summary.runId ?? '', ...argv),
    hours: async (count) => {
      await world.control.clock(count * 3_600_000)
    },
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  }
}

/** Outcome of each guided step, by id. */
export function guided({ summary }: Outcome): Record<string, string> {
  return Object.fromEntries(summary.guided.map(({ id, outcome }) => [id, outcome]))
}

/** A guided step as the run told it last. */
export function guide(outcome: Outcome, id: string) {
  const told = outcome.events.flatMap((event) =>
    event.type === 'guided' && event.step.id === id ? event.step : [],
  )
  const last = told.at(-1)
  if (last === undefined) throw new Error(`nothing was told of ${id}: ${outcome.stderr}`)
  return last
}

/** The compliance policies as the sandbox has them. */
export async function policies(world: World) {
  return (await world.show()).google.policies
}
