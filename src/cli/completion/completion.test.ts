import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { commands } from '../commands/index.ts'
import { optionSpecs } from '../options.ts'
import { runCli } from '../run-cli.ts'
import { offboardGrammar } from './offboard-grammar.ts'
import { shells } from './shells.ts'

async function offboard(...argv: readonly string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const { signal } = new AbortController()
  const exitCode = await runCli(argv, {
    env: {},
    cwd: '/',
    home: '/',
    platform: process.platform,
    stdin: new PassThrough(),
    stdout,
    stderr,
    isTerminal: false,
    columns: 100,
    entry: [],
    stopping: signal,
    leaving: signal,
  })
  return { exitCode, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') }
}

const shown = commands.filter((command) => command.hidden !== true)
const flags = Object.values(optionSpecs).flatMap(({ flag }) => flag.match(/--[\w-]+/g) ?? [])
const values = Object.values(optionSpecs).flatMap((spec) => ('values' in spec ? spec.values : []))

describe('what is completed', () => {
  it('is every option at its command, and no other', async () => {
    const { places } = await offboardGrammar(commands)
    for (const { name, options } of shown) {
      const place = places.find(({ path }) => path === name)
      const wanted = options.flatMap((option) => optionSpecs[option].flag.match(/(?<![\w-])--?[\w-]+/g) ?? [])
      expect(new Set(place?.options.flatMap((option) => option.flags))).toEqual(
        new Set([...wanted, '--help', '-h']),
      )
    }
  })

  it('is not what is hidden', async () => {
    expect(JSON.stringify(await offboardGrammar(commands))).not.toContain('serve')
  })
})

describe.each(Object.keys(shells))('the script for %s', (shell) => {
  it('has every command, option and value', async () => {
    const { exitCode, stdout } = await offboard('completion', shell)
    expect(exitCode).toBe(0)
    const bare = stdout.replaceAll(/-[ls] '/g, (flag) => `${flag}${flag.includes('l') ? '--' : '-'}`)
    const words = new Set(bare.split(/[\s'()|:;={}"/,\\]+/))
    const wanted = [
      ...shown.flatMap(({ name }) => name.split(' ')),
      ...flags,
      ...values,
      ...Object.keys(shells),
    ]
    expect(wanted.filter((word) => !words.has(word))).toEqual([])
    expect(stdout).not.toContain('serve')
  })
})

describe('a shell that is not known', () => {
  it.each([
    ['bsh', 'bash'],
    ['zhs', 'zsh'],
    ['fihs', 'fish'],
    ['pwsh', 'powershell'],
    ['power-shell', 'powershell'],
  ])('%s is refused, and %s is suggested', async (name, meant) => {
    const { exitCode, stdout, stderr } = await offboard('completion', name)
    expect(exitCode).toBe(64)
    expect(stdout).toBe('')
    expect(stderr).toContain(`Did you mean ${meant}?`)
  })

  it('that is like no other is refused with the list', async () => {
    const { exitCode, stderr } = await offboard('completion', 'constructor')
    expect(exitCode).toBe(64)
    expect(stderr).not.toContain('Did you mean')
    expect(stderr).toContain('Known: bash, zsh, fish, powershell.')
  })

  it('may be spelt in capitals', async () => {
    expect((await offboard('completion', 'Bash')).exitCode).toBe(0)
  })
})
