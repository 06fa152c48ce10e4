import { UsageError } from '../../model/errors.ts'
import { changeSummaries } from '../../run/carry-out.ts'
import { closedBy } from '../../run/closing.ts'
import { confirmStep } from '../../run/confirm.ts'
import { told } from '../../run/guided.ts'
import { knownRun } from '../../run/lifecycle.ts'
import type { Context, Input } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { stateFlags } from '../next.ts'
import { onRun } from '../on-run.ts'
import { summarise } from '../summary.ts'

function nameOf(by: string | undefined): string {
  if (by !== undefined) return by
  throw new UsageError({
    tried: 'read the options',
    said: '--by is missing',
    hint: 'Say who did it: --by "Ada Lovelace".',
  })
}

/** `confirm`: close a guided step on a person's word. */
export function handleConfirm(input: Input, context: Context): Promise<number> {
  const [id = '', step = ''] = input.arguments
  return onRun(
    'confirm',
    input,
    context,
    (journal) => knownRun(journal, id),
    async ({ run, session, journal, options }) => {
      const by = nameOf(options.by)
      const note = options.note === undefined ? {} : { note: options.note }
      const desk = await session.readingDesk()
      await confirmStep(desk, journal, run, { step, by, ...note })
      const guided = await Promise.all(
        run.plan.guided.map(async (planned) => {
          const closed = await closedBy(journal, run, planned.id)
          return {
            ...planned,
            instructions: [],
            locked: [],
            attachments: [],
            ...told(closed),
          }
        }),
      )
      session.output.listener(
        summarise({
          command: 'confirm',
          plan: run.plan,
          outcome: 'done',
          exitCode: exitCodes.done,
          runId: run.id,
          changes: await changeSummaries(journal, run),
          guided,
          next: [`offboard resume ${run.id}${stateFlags(options)}`],
        }),
      )
      return exitCodes.done
    },
  )
}
