import { exitCodeOfError, outcomeOfError } from './exit-codes.ts'
import { told } from './failure.ts'
import type { Output } from './output.ts'
import { emptySummary } from './summary.ts'

/** Runs what reports to an output, reports the error that ends it as everything else, and closes the output. */
export async function reporting(
  command: string,
  output: Output,
  work: () => Promise<number>,
): Promise<number> {
  try {
    return await work()
  } catch (error) {
    const exitCode = exitCodeOfError(error)
    output.listener({ ...emptySummary(command, outcomeOfError(error), exitCode), error: told(error) })
    return exitCode
  } finally {
    await output.close()
  }
}
