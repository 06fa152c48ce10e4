import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { stopSandbox } from '../../sandbox/index.ts'
import { sandboxFolder } from '../clock.ts'
import { runCli } from '../run-cli.ts'

let folder = ''
let stateDir = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offboard-doctor-'))
  stateDir = join(folder, 'state')
})

afterEach(async () => {
  await stopSandbox(sandboxFolder(stateDir))
  rmSync(folder, { recursive: true, force: true })
})

async function doctor(
  ...more: readonly string[]
): Promise<{ readonly exitCode: number; readonly stdout: string }> {
  const stdout = new PassThrough()
  const { signal } = new AbortController()
  const exitCode = await runCli(['doctor', '--sandbox', '--state-dir', stateDir, '--json', ...more], {
    env: {},
    cwd: folder,
    home: folder,
    platform: process.platform,
    stdin: new PassThrough(),
    stdout,
    stderr: new PassThrough(),
    isTerminal: false,
    columns: 100,
    entry: [process.execPath, fileURLToPath(new URL('../main.ts', import.meta.url))],
    stopping: signal,
    leaving: signal,
  })
  return { exitCode, stdout: String(stdout.read()) }
}

describe('doctor --sandbox', () => {
  it('starts the sandbox and finds everything in order, without a credential', async () => {
    const { exitCode, stdout } = await doctor()
    expect(stdout).toContain(
      '"check":"Sandbox","ok":"ok","detail":"contoso.onmicrosoft.com at http://127.0.0.1:',
    )
    expect(stdout).toContain('none needed in the sandbox')
    expect(stdout).not.toMatch(/"ok":"(?:missing|unknown)"/)
    expect(exitCode).toBe(0)
  })

  it('finds the Google customer of the sandbox in order too', async () => {
    const { exitCode, stdout } = await doctor('--platform', 'google-workspace')
    expect(stdout).toContain('"check":"Customer","ok":"ok","detail":"contoso.com (C03az79cb)')
    expect(stdout).toContain('none needed in the sandbox')
    expect(stdout).not.toMatch(/"ok":"(?:missing|unknown)"/)
    expect(exitCode).toBe(0)
  })

  it('that cannot be kept anywhere says why, and checks what it can', async () => {
    writeFileSync(join(folder, 'file'), '')
    stateDir = join(folder, 'file', 'state')
    const { exitCode, stdout } = await doctor()
    expect(exitCode).toBe(1)
    expect(stdout).toContain('"check":"State folder","ok":"missing"')
    expect(stdout).toContain(
      '"check":"Sandbox","ok":"unknown","detail":"not checked: see \\"State folder\\""',
    )
    expect(stdout).toContain('"check":"Node","ok":"ok"')
  })
})
