import { abandonCommand } from '../commands/abandon.ts'
import { confirmCommand } from '../commands/confirm.ts'
import { doctorCommand } from '../commands/doctor.ts'
import { historyCommand } from '../commands/history.ts'
import { planCommand } from '../commands/plan.ts'
import { restoreCommand } from '../commands/restore.ts'
import { resumeCommand } from '../commands/resume.ts'
import { runCommand } from '../commands/run.ts'
import { sandboxActCommand } from '../commands/sandbox-act.ts'
import { sandboxClockCommand } from '../commands/sandbox-clock.ts'
import { sandboxFailCommand } from '../commands/sandbox-fail.ts'
import { sandboxResetCommand } from '../commands/sandbox-reset.ts'
import { sandboxServeCommand } from '../commands/sandbox-serve.ts'
import { sandboxShowCommand } from '../commands/sandbox-show.ts'
import { sandboxStartCommand } from '../commands/sandbox-start.ts'
import { sandboxStopCommand } from '../commands/sandbox-stop.ts'
import { showCommand } from '../commands/show.ts'
import { verifyCommand } from '../commands/verify.ts'
import type { CommandSpec } from './grammar.ts'
import { shells } from './shells.ts'

/** `completion` itself, whose own file loads what is here. */
const completionSpec: CommandSpec = {
  name: 'completion',
  summary: 'print a completion script',
  arguments: [
    {
      name: 'shell',
      description: Object.keys(shells).join(', '),
      required: true,
      values: Object.keys(shells),
    },
  ],
  options: [],
  examples: ['source <(offboard completion bash)'],
}

/** All commands, in the order of the help. */
export const completed: readonly CommandSpec[] = [
  runCommand,
  planCommand,
  verifyCommand,
  resumeCommand,
  abandonCommand,
  restoreCommand,
  historyCommand,
  showCommand,
  confirmCommand,
  doctorCommand,
  completionSpec,
  sandboxStartCommand,
  sandboxStopCommand,
  sandboxResetCommand,
  sandboxShowCommand,
  sandboxClockCommand,
  sandboxFailCommand,
  sandboxActCommand,
  sandboxServeCommand,
]
