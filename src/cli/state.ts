import { type Environment, readEnvironment } from '../config/environment.ts'
import { stateFolder } from '../config/state-folder.ts'
import { openJournal } from '../journal/open.ts'
import type { Clock } from '../model/clock.ts'
import type { Journal } from '../model/journal.ts'
import type { Context } from './command.ts'
import type { Options } from './parse.ts'

export function environmentOf(options: Options, context: Context): Environment {
  return readEnvironment({
    env: context.env,
    cwd: context.cwd,
    allowEndpoints: options.allowEndpoint,
    cloud: options.cloud ?? 'global',
  })
}

/** The folder of journal, backups and sandbox. `writes`: in CI it must then be named. */
export function stateDirOf(
  options: Options,
  environment: Environment,
  context: Context,
  writes: boolean,
): string {
  return stateFolder({
    option: options.stateDir,
    environment,
    env: context.env,
    platform: context.platform,
    home: context.home,
    cwd: context.cwd,
    requireExplicit: writes && !options.sandbox,
  })
}

/** Opens the journal for as long as `work` takes. */
export async function withJournal<T>(
  folder: string,
  clock: Clock,
  work: (journal: Journal) => Promise<T>,
): Promise<T> {
  const journal = await openJournal({ folder, clock })
  try {
    return await work(journal)
  } finally {
    await journal.close()
  }
}
