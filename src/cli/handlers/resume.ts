import { resumeRun, runToResume } from '../../run/lifecycle.ts'
import type { Context, Input } from '../command.ts'
import { endRun } from '../flow.ts'
import { onRun } from '../on-run.ts'

/** `resume`: go on with a run from wherever its journal says that it stands. */
export function handleResume(input: Input, context: Context): Promise<number> {
  const [id] = input.arguments
  return onRun(
    'resume',
    input,
    context,
    (journal) => runToResume(journal, id),
    async ({ run, session, journal, options }) => {
      const steps = run.plan.purpose === 'restore' ? session.platform.restore.steps : session.platform.steps
      session.output.listener({ type: 'plan', plan: run.plan, resumed: true })
      const result = await resumeRun(session.writingDesk(journal, steps), run)
      return endRun('resume', run, result, options, session)
    },
  )
}
