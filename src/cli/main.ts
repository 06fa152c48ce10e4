import { homedir } from 'node:os'
import { createInterrupt } from './interrupt.ts'
import { runCli } from './run-cli.ts'

const interrupt = createInterrupt(process)

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  home: homedir(),
  platform: process.platform,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  isTerminal: process.stdin.isTTY === true && process.stdout.isTTY === true,
  columns: process.stdout.columns ?? 80,
  entry: [process.execPath, ...process.argv.slice(1, 2)],
  stopping: interrupt.stopping,
  leaving: interrupt.leaving,
})
interrupt.dispose()
