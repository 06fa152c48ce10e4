/**
 * Builds the engine that the PowerShell tests run on, and prints where its program is.
 *
 *     node test/pwsh-lite/build.ts
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const folder = import.meta.dirname
const built = join(folder, 'dist')
const program = process.platform === 'win32' ? 'pwsh-lite.exe' : 'pwsh-lite'

/** Whether the .NET SDK is here that can build it. */
export async function hasSdk(): Promise<boolean> {
  try {
    const { stdout } = await run('dotnet', ['--list-sdks'])
    return stdout.split('\n').some((line) => Number.parseInt(line, 10) >= 10)
  } catch {
    return false
  }
}

async function fingerprint(): Promise<string> {
  const names = (await readdir(folder)).filter((name) => /\.(?:cs|csproj|props)$/.test(name)).sort()
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name))))
  const hash = createHash('sha256')
  for (const [index, name] of names.entries()) hash.update(`${name}\0`).update(texts[index] ?? '')
  return hash.digest('hex').slice(0, 16)
}

/** Compiled ahead of time, as each test starts several of them. */
async function publish(artifacts: string): Promise<string> {
  const arguments_ = ['publish', '-c', 'Release', '--use-current-runtime', '--no-self-contained']
  const options = ['-p:PublishReadyToRun=true', '--artifacts-path', artifacts, '--nologo']
  await run('dotnet', [...arguments_, ...options], { cwd: folder }).catch((error: unknown) => {
    const said = error instanceof Error && 'stdout' in error ? String(error.stdout) : ''
    throw new Error(`The engine for the PowerShell tests does not build.\n${said}`, { cause: error })
  })
  return join(artifacts, 'publish', 'pwsh-lite', 'release')
}

/**
 * The path of the engine's program, built when its sources have changed. Who builds at the same time builds for
 * itself, and the first is kept.
 */
export async function buildEngine(): Promise<string> {
  const target = join(built, await fingerprint())
  const path = join(target, program)
  if (existsSync(path)) return path
  const artifacts = join(built, `build-${process.pid}`)
  try {
    await rename(await publish(artifacts), target)
  } catch (error) {
    if (!existsSync(path)) throw error
  } finally {
    await rm(artifacts, { recursive: true, force: true })
  }
  return path
}

if (import.meta.main) console.log(await buildEngine())
