import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

let folder: string
const inFolder = (path: string): string => join(folder, path)

function program(path: string, text: string): void {
  mkdirSync(dirname(inFolder(path)), { recursive: true })
  writeFileSync(inFolder(path), `#!/bin/sh\n${text}\n`, { mode: 0o755 })
}

/** The tools that the script uses, so that the PATH can be without Node. */
const tools = ['dirname', 'id', 'mkdir', 'mktemp', 'cat', 'rm', 'find', 'readlink', 'sh']

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quickstart '))
  cpSync(import.meta.dirname, inFolder('checkout/scripts'), { recursive: true })
  mkdirSync(inFolder('temporary'))
  writeFileSync(inFolder('checkout/package-lock.json'), '{}')
  for (const tool of tools) program(`bin/${tool}`, `PATH=/usr/bin:/bin; exec ${tool} "$@"`)
  program('bin/node', 'case $1 in --version) echo v20.0.0 ;; *) exit 0 ;; esac')
  program(
    'bin/npm',
    'echo "warn: engine"; mkdir -p node_modules/node/bin; /bin/cp "$PROJECT_NODE" node_modules/node/bin/node',
  )
  program(
    'project-node',
    'case $1 in */build.ts) ;; *) shift; echo "$@"; echo "in $OFFBOARD_STATE_DIR"; exit 4 ;; esac',
  )
})

afterEach(() => rmSync(folder, { recursive: true }))

function quickstart(): { out: string; err: string; code: unknown } {
  const { stdout, stderr, status } = spawnSync('/bin/sh', [inFolder('checkout/scripts/quickstart')], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: inFolder('bin'), TMPDIR: inFolder('temporary'), PROJECT_NODE: inFolder('project-node') },
  })
  return { out: stdout, err: stderr, code: status }
}

describe.runIf(process.platform !== 'win32')('scripts/quickstart', () => {
  it('installs without a word of npm, shows the dry run in a folder of its own, and ends with its exit code', () => {
    const { out, code } = quickstart()
    expect(code).toBe(4)
    expect(out).not.toContain('warn: engine')
    expect(out).toContain('run --platform m365-inline --region eu --dry-run --sandbox')
    expect(out).toMatch(/^in .*\/temporary\/offboard-demo-\d+$/m)
  })

  it('shows all that npm said when it fails', () => {
    program('bin/npm', 'echo "npm error: no network"; echo "npm error: try later" >&2; exit 1')
    const { err, code } = quickstart()
    expect(code).toBe(64)
    expect(err).toMatch(/npm error: no network\nnpm error: try later\nnpm ci failed/)
  })

  it('says so when npm left out the project’s Node', () => {
    program('bin/npm', 'exit 0')
    expect(quickstart()).toMatchObject({
      code: 64,
      err: expect.stringContaining("install script of the package 'node'"),
    })
  })

  it.each(['node', 'npm'])('says so when there is no %s', (name) => {
    rmSync(inFolder(`bin/${name}`))
    expect(quickstart()).toMatchObject({
      code: 64,
      err: expect.stringContaining(`there is no '${name}' on the PATH`),
    })
  })

  it('says so when Node is too old', () => {
    program('bin/node', 'case $1 in --version) echo v18.20.0 ;; *) exit 1 ;; esac')
    expect(quickstart()).toMatchObject({ code: 64, err: expect.stringContaining('this') })
    expect(quickstart().err).toContain('v18.20.0')
  })
})
