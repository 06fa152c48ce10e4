import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { SandboxEndpoints } from '../src/sandbox/endpoints.ts'
import { assertEnded, environmentFor, runArguments } from './program.ts'

const built = join(import.meta.dirname, '..', 'dist', 'offboard.js')
const handWritten = join(import.meta.dirname, 'hand-written.ts')

async function ended(args: readonly string[], env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  return { exitCode: Number(exitCode), output: `${stdout}${stderr}` }
}

/** Runs the program as it was built, in a process of its own. */
export async function programProcess(endpoints: SandboxEndpoints, stateDir: string): Promise<void> {
  const env = { PATH: process.env.PATH, ...environmentFor(endpoints, stateDir) }
  const { exitCode, output } = await ended([built, ...runArguments], env)
  assertEnded(exitCode, output)
}

/** Runs the hand-written script in a process of its own. */
export async function handProcess(endpoints: SandboxEndpoints): Promise<void> {
  const { exchangeUrl, graphUrl, loginUrl, dns, tenant } = endpoints
  const { exitCode, output } = await ended(
    [handWritten, exchangeUrl, graphUrl, loginUrl, dns, tenant],
    process.env,
  )
  if (exitCode !== 0) throw new Error(`the script ended with ${exitCode}:\n${output}`)
}
