import { chmodSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { examinePowerShell } from '../../adapters/exchange-online/powershell/engine.ts'
import { startSession } from '../../adapters/exchange-online/powershell/session.ts'
import { type TemporaryFolder, temporaryFolder } from '../../src/config/temporary-folder.ts'
import { UsageError } from '../../src/model/errors.ts'
import { testEngines } from './engine.ts'
import { isRunning } from './tenant.ts'

const guid = 'B5ECED50-AFA4-455B-847A-D8FB64140A22'
const signal = new AbortController().signal

let folder: TemporaryFolder

beforeEach(() => {
  folder = temporaryFolder()
})

afterEach(() => {
  folder[Symbol.dispose]()
})

/** A module of the name, as PowerShell finds it by its manifest. */
function install(version: string, id: string): void {
  const home = join('ExchangeOnlineManagement', version)
  mkdirSync(join(folder.path, home), { recursive: true })
  folder.write(
    join(home, 'ExchangeOnlineManagement.psd1'),
    `@{ ModuleVersion = '${version}'; GUID = '${id}' }`,
  )
}

async function refusal(program: string, environment: NodeJS.ProcessEnv = process.env): Promise<UsageError> {
  try {
    await examinePowerShell({ program, environment, signal })
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError)
    if (error instanceof UsageError) return error
  }
  throw new Error('it was not refused')
}

describe('a program', () => {
  it.each(['no-such-program', '/no/such/pwsh'])(
    'that is not there is told what to install: %s',
    async (program) => {
      const { message, hint } = await refusal(program)
      expect(message).toContain(program)
      expect(hint).toMatch(/Install PowerShell 7\.6 .*OFFBOARD_PWSH.*--exchange rest/)
    },
  )

  it('that may not be run is told so', async () => {
    expect((await refusal(folder.write('pwsh', 'text'))).message).toContain('EACCES')
  })

  it('that is no PowerShell is refused, though it echoes', async () => {
    expect((await refusal(fake('"$line"'))).message).toContain('does not answer as PowerShell does')
  })

  it.each([
    ['5.1.26100.1', 'Windows PowerShell 5.1.26100.1'],
    ['7.2.24', 'PowerShell 7.2.24'],
    ['7.3.0-rc.1', 'PowerShell 7.3.0-rc.1'],
  ])('that is too old is refused: %s', async (version, said) => {
    const { message, hint } = await refusal(fake(`"@@offboard-engine ${version}@@"`))
    expect(message).toContain(`it is ${said}, and 7.4 or newer is needed`)
    expect(hint).toContain('--exchange rest')
    const pid = Number(readFileSync(join(folder.path, 'pid'), 'utf8'))
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false))
  })

  it('that dies tells its last words, without the secret that it was given', async () => {
    const path = folder.write('pwsh', '#!/bin/sh\necho "got $CONNECTION_SECRET" >&2\nexit 3\n')
    chmodSync(path, 0o755)
    const secret = { variable: 'CONNECTION_SECRET', value: 'canary' }
    await expect(startSession({ program: path, environment: process.env, signal, secret })).rejects.toThrow(
      'ended with exit code 3 before it answered: got [token]',
    )
  })

  /** Repeats what it is asked to write, as the library wants it, and answers the first line with `answer`. */
  function fake(answer: string): string {
    const path = folder.write(
      'pwsh',
      `#!/bin/sh
echo $$ > '${folder.path}/pid'
while IFS= read -r line; do
  text=\${line#*'("'}
  case $line in
    *'Error.WriteLine("'*) echo "\${text%%'"'*}" >&2 ;;
    *'Out.WriteLine("'*) echo "\${text%%'"'*}" ;;
    *offboard*) echo ${answer} ;;
  esac
done
`,
    )
    chmodSync(path, 0o755)
    return path
  }
})

describe.each(await testEngines())('a module, with $name,', ({ program }) => {
  const environment = () => ({ ...process.env, HOME: folder.path, PSModulePath: folder.path })

  it('that is not installed is told how to install it', async () => {
    const { message, hint } = await refusal(program, environment())
    expect(message).toContain('ExchangeOnlineManagement: it is not installed')
    expect(hint).toMatch(
      /Install-Module ExchangeOnlineManagement -RequiredVersion 3\.\d+\.\d+ .*--exchange rest/,
    )
  })

  it('that only has the name is not taken', async () => {
    install('3.9.2', '11111111-2222-4333-8444-555555555555')
    expect((await refusal(program, environment())).message).toContain('is not the one of Microsoft')
  })

  it('that is too old is refused', async () => {
    install('3.4.0', guid)
    expect((await refusal(program, environment())).message).toContain('version 3.4.0 is too old')
  })

  it('is the newest that fits', async () => {
    for (const version of ['3.4.0', '3.8.0', '3.9.2']) install(version, guid)
    install('9.9.9', '11111111-2222-4333-8444-555555555555')
    const { engine, module } = await examinePowerShell({ program, environment: environment(), signal })
    expect(module).toBe('3.9.2')
    expect(engine).toMatch(/^7\.\d+\.\d+/)
  })

  it('is found by the program that is named, whatever NODE_POWERSHELL says', async () => {
    install('3.9.2', guid)
    const before = process.env.NODE_POWERSHELL
    process.env.NODE_POWERSHELL = '/no/such/program'
    try {
      const found = await examinePowerShell({ program, environment: environment(), signal })
      expect(found.module).toBe('3.9.2')
    } finally {
      if (before === undefined) delete process.env.NODE_POWERSHELL
      else process.env.NODE_POWERSHELL = before
    }
  })
})
