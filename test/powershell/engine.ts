import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { buildEngine, hasSdk } from '../pwsh-lite/build.ts'

const run = promisify(execFile)

/** A PowerShell that the tests run on. */
export interface Engine {
  readonly name: string
  /** The path or name of its program. */
  readonly program: string
}

/** The PowerShell of the machine that `PWSH` names, or else `pwsh`, where it is 7.4 or newer. */
async function installed(): Promise<readonly Engine[]> {
  const program = process.env.PWSH || 'pwsh'
  try {
    const { stdout } = await run(program, ['-Version'])
    const [, version = '', major = 0, minor = 0] = /^PowerShell ((\d+)\.(\d+)\S*)/.exec(stdout) ?? []
    const isUsable = Number(major) * 100 + Number(minor) >= 704
    return isUsable ? [{ name: `${program} ${version}`, program }] : []
  } catch {
    return []
  }
}

/** All engines that this machine has: PowerShell itself, and the engine that is built from its sources here. */
export async function testEngines(): Promise<readonly Engine[]> {
  const built = (await hasSdk()) ? [{ name: 'pwsh-lite', program: await buildEngine() }] : []
  const engines = [...built, ...(await installed())]
  if (engines.length === 0)
    throw new Error('The PowerShell tests need the .NET SDK 10, or PowerShell 7.4 or newer (PWSH names it).')
  return engines
}
