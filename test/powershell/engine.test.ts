import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { testEngines } from './engine.ts'

describe.each(await testEngines())('the engine $name', ({ program }) => {
  function run(input: string) {
    const options = ['-NoProfile', '-NonInteractive', '-Command', '-']
    const { status, stdout, stderr } = spawnSync(program, options, { input, encoding: 'utf8' })
    return { status, stdout, stderr }
  }

  it('is PowerShell 7.4 or newer', () => {
    const { stdout } = run('$PSVersionTable.PSVersion.ToString()')
    const [major = 0, minor = 0] = stdout.split('.').map(Number)
    expect(major * 100 + minor, stdout).toBeGreaterThanOrEqual(704)
  })

  it('keeps its streams apart, and warnings in what it prints', () => {
    const { stdout, stderr } = run(
      '[Console]::Error.WriteLine("e")\n& { [CmdletBinding()]param() $PSCmdlet.WriteWarning("w"); "é漢" }\nthrow "bad"',
    )
    expect(stdout).toContain('WARNING: w')
    expect(stdout).toContain('é漢')
    expect(stderr).toMatch(/^e\r?\n[\s\S]*bad/)
  })

  it('ends with the last command, or with what a command says', () => {
    expect(run('"a"').status).toBe(0)
    expect(run('throw "a"').status).toBe(1)
    expect(run('exit 3\n"never"')).toEqual({ status: 3, stdout: '', stderr: '' })
  })

  it('waits for an empty line when a command is not complete', () => {
    expect(run('if (1) {\n"a"\n}\n"b"\n\n"c"\n').stdout.split(/\r?\n/)).toEqual(['a', 'b', 'c', ''])
    expect(run('if (1) {\n"a"\n}').stdout).toBe('')
  })

  it('asks nobody', () => {
    expect(run('$Host.UI.ReadLine()').stderr).toContain('NonInteractive')
  })
})
