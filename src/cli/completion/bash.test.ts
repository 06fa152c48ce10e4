import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { commands } from '../commands/index.ts'
import { bashScript } from './bash.ts'
import type { Grammar } from './grammar.ts'
import { offboardGrammar } from './offboard-grammar.ts'
import { quoteShell } from './quote.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offboard-completion-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function bash(...argv: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', ...argv], { cwd: folder, encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  return stdout
}

/** What bash offers for these words, of which the last is being typed. */
function complete(script: string, ...words: readonly string[]): readonly string[] {
  const ask = `set -u
    source /dev/stdin <<< "$1"; shift
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
    _offboard
    ((\${#COMPREPLY[@]})) && printf '%s\\n' "\${COMPREPLY[@]}"
    exit 0`
  return bash('-c', ask, 'bash', script, ...words)
    .split('\n')
    .filter((line) => line !== '')
}

describe('in bash', async () => {
  const script = bashScript(await offboardGrammar(commands))

  it('the script is well formed, and registers itself', () => {
    bash('-n', '-c', script)
    expect(bash('-c', `${script}\ncomplete -p offboard`)).toContain('-F _offboard offboard')
  })

  it.each([
    [['offboard', 'ru'], ['run']],
    [
      ['offboard', 're'],
      ['resume', 'restore'],
    ],
    [
      ['offboard', 'sandbox', 's'],
      ['start', 'stop', 'show'],
    ],
    [
      ['offboard', 'run', '--pl'],
      ['--platform', '--plan', '--plan-hash', '--plan-max-age'],
    ],
    [
      ['offboard', 'run', '--platform', 'm365'],
      ['m365-inline', 'm365-api'],
    ],
    [['offboard', 'run', '--platform', '=', 'm365-i'], ['m365-inline']],
    [
      ['offboard', 'run', '--region', '='],
      ['us', 'eu', 'au', 'aus'],
    ],
    [['offboard', 'run', '--dry-run', '--region', 'u'], ['us']],
    [['offboard', 'sandbox', 'start', '--scenario', 'trace-'], ['trace-denied']],
    [['offboard', 'sandbox', 'fail', 'th'], ['throttle']],
    [['offboard', 'sandbox', 'fail', '--a'], ['--at']],
    [['offboard', 'confirm', 'RUN', 'vendor-c'], ['vendor-console']],
    [
      ['offboard', 'run', '--dns', 'r'],
      ['rfc2136', 'route53'],
    ],
    [['offboard', 'run', '--previous-mx', 'm'], ['microsoft365']],
    [
      ['offboard', 'completion', ''],
      ['bash', 'zsh', 'fish', 'powershell'],
    ],
    [['offboard', 'help', 'sand'], ['sandbox']],
    [['offboard', '--v'], ['--version']],
    [['offboard', 'run', '--tenant', ''], []],
    [['offboard', 'verify', '--enable'], []],
    [
      ['offboard', 'unknown', 'r'],
      ['run', 'resume', 'restore'],
    ],
  ])('%j is completed', (words, wanted) => {
    const offered = complete(script, ...words)
    expect(offered.filter((word) => wanted.includes(word))).toEqual(wanted)
    expect(offered.filter((word) => !wanted.includes(word))).toEqual([])
  })

  it('an option is offered at once where nothing else can follow', () => {
    expect(complete(script, 'offboard', 'run', '')).toContain('--dry-run')
  })

  it('the value of an option is not taken for a command', () => {
    expect(complete(script, 'offboard', 'sandbox', 'start', '--scenario', 'stop', '--po')).toEqual(['--port'])
  })

  it('files and folders are offered where they are meant, with any name', () => {
    mkdirSync(join(folder, 'a folder'))
    writeFileSync(join(folder, 'a $(touch x) file'), '')
    expect(complete(script, 'offboard', 'run', '--plan', 'a').toSorted()).toEqual([
      'a $(touch x) file',
      'a folder',
    ])
    expect(complete(script, 'offboard', 'run', '--state-dir', '')).toEqual(['a folder'])
    expect(readdirSync(folder)).toHaveLength(2)
  })
})

describe('words that a shell would expand', () => {
  const hostile = ["$(touch x)'`touch y`", '"; touch z; "', '*', '\\', '!!', "it's", '~root', '{a,b}']

  it('are offered as they are, and nothing is run', () => {
    const words = hostile.map((name) => ({ name, description: name }))
    const grammar: Grammar = { places: [{ path: '', commands: words, options: [], values: [] }] }
    expect(complete(bashScript(grammar), 'offboard', '')).toEqual(hostile)
    expect(readdirSync(folder)).toEqual([])
  })

  it('come out of the quotes as they went in', () => {
    const printable = fc.string({ unit: 'grapheme' }).filter((text) => !/[\p{C}\p{Z}]/u.test(text))
    fc.assert(
      fc.property(fc.array(printable, { minLength: 1, maxLength: 50 }), (words) => {
        expect(bash('-c', `printf '<%s>' ${words.map(quoteShell).join(' ')}`)).toBe(
          words.map((word) => `<${word}>`).join(''),
        )
      }),
      { numRuns: 20 },
    )
  })
})
