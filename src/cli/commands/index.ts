import type { Command } from '../command.ts'
import { abandonCommand } from './abandon.ts'
import { completionCommand } from './completion.ts'
import { confirmCommand } from './confirm.ts'
import { doctorCommand } from './doctor.ts'
import { historyCommand } from './history.ts'
import { planCommand } from './plan.ts'
import { restoreCommand } from './restore.ts'
import { resumeCommand } from './resume.ts'
import { runCommand } from './run.ts'
import { sandboxActCommand } from './sandbox-act.ts'
import { sandboxClockCommand } from './sandbox-clock.ts'
import { sandboxFailCommand } from './sandbox-fail.ts'
import { sandboxResetCommand } from './sandbox-reset.ts'
import { sandboxServeCommand } from './sandbox-serve.ts'
import { sandboxShowCommand } from './sandbox-show.ts'
import { sandboxStartCommand } from './sandbox-start.ts'
import { sandboxStopCommand } from './sandbox-stop.ts'
import { showCommand } from './show.ts'
import { verifyCommand } from './verify.ts'

/** All commands, in the order of the help. */
export const commands: readonly Command[] = [
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
  completionCommand(() => commands),
  sandboxStartCommand,
  sandboxStopCommand,
  sandboxResetCommand,
  sandboxShowCommand,
  sandboxClockCommand,
  sandboxFailCommand,
  sandboxActCommand,
  sandboxServeCommand,
]
