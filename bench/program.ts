import { PassThrough, Writable } from 'node:stream'
import type { Context } from '../src/cli/command.ts'
import { runCli } from '../src/cli/run-cli.ts'
import type { SandboxEndpoints } from '../src/sandbox/endpoints.ts'

/** The command line of the main job; the regions are those of the sandbox. */
export const runArguments = [
  'run',
  '--platform',
  'm365-inline',
  '--region',
  'eu',
  '--exchange',
  'rest',
  '--drain',
  '0',
  '--yes',
] as const

/** What stands in the environment of a person with an application and a client secret. */
export function environmentFor(endpoints: SandboxEndpoints, stateDir: string): Record<string, string> {
  return {
    OFFBOARD_EXCHANGE_URL: endpoints.exchangeUrl,
    OFFBOARD_GRAPH_URL: endpoints.graphUrl,
    OFFBOARD_LOGIN_URL: endpoints.loginUrl,
    OFFBOARD_DNS: endpoints.dns,
    OFFBOARD_TENANT: endpoints.tenant,
    OFFBOARD_STATE_DIR: stateDir,
    AZURE_CLIENT_ID: '6a000000-0000-4000-8000-000000000001',
    AZURE_CLIENT_SECRET: 'sandbox',
  }
}

const never = new AbortController().signal

function collector(): { stream: Writable; text(): string } {
  const chunks: string[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk))
      done()
    },
  })
  return { stream, text: () => chunks.join('') }
}

/** Runs the program in this process, by the machine's clock. Throws when it does not end as a run here should. */
export async function runProgram(endpoints: SandboxEndpoints, folder: string): Promise<void> {
  const output = collector()
  const context: Context = {
    env: environmentFor(endpoints, folder),
    cwd: folder,
    home: folder,
    platform: process.platform,
    stdin: new PassThrough(),
    stdout: output.stream,
    stderr: output.stream,
    isTerminal: false,
    columns: 100,
    entry: [process.execPath, 'never'],
    stopping: never,
    leaving: never,
  }
  const exitCode = await runCli(runArguments, context)
  assertEnded(exitCode, output.text())
}

/** Everything automatic is verified, and a person has to act: that is what a run on the sandbox comes to. */
export function assertEnded(exitCode: number | null, output: string): void {
  if (exitCode !== 3) throw new Error(`the program ended with ${exitCode}:\n${output}`)
}
