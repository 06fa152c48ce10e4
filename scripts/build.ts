/**
 * Builds the program: `src/cli/main.ts` and all that it needs into `dist/`, as `dist/offboard.js` and lazily
 * loaded chunks. JSON files are in the bundle; nothing else is read beside it at run time.
 *
 *     node scripts/build.ts
 *
 * Prints nothing on stdout. The stamp `dist/.built` has the time at which the build began to read.
 */
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { type BuildOptions, build as bundle, type OutputFile, type Plugin } from 'esbuild'

const root = join(import.meta.dirname, '..')

/** A run under way still loads its chunks lazily, so those of an earlier build stay this long. */
const keepEarlierMs = 24 * 60 * 60 * 1000

/** Some of the packages are CommonJS and call `require`, which an ES module does not have. */
const requireBanner =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);"

/** Of package.json only the version and the demanded Node go into the bundle. */
const whatIsUsed: Plugin = {
  name: 'what-is-used',
  setup(build) {
    build.onLoad({ filter: /package\.json$/ }, async ({ path }) => {
      if (path !== join(root, 'package.json')) return null
      const { version, engines } = JSON.parse(await readFile(path, 'utf8'))
      return { contents: JSON.stringify({ version, engines }), loader: 'json' }
    })
  },
}

function optionsFor(entry: string, outdir: string): BuildOptions & { write: false } {
  return {
    stdin: {
      contents: `#!/usr/bin/env node\nimport ${JSON.stringify(entry)}`,
      resolveDir: root,
      sourcefile: 'offboard.ts',
      loader: 'ts',
    },
    absWorkingDir: root,
    outdir,
    entryNames: 'offboard',
    chunkNames: 'chunks/[name]-[hash]',
    write: false,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    keepNames: true,
    sourcemap: 'linked',
    legalComments: 'linked',
    banner: { js: requireBanner },
    plugins: [whatIsUsed],
    logLevel: 'warning',
  }
}

/** Whole or not at all, so that a program that starts meanwhile never reads half a file. */
async function replaceFile(file: Pick<OutputFile, 'path' | 'contents'>, mode: number): Promise<void> {
  const draft = `${file.path}.${process.pid}`
  await mkdir(dirname(file.path), { recursive: true })
  await writeFile(draft, file.contents, { mode })
  await rename(draft, file.path)
}

async function removeEarlier(outdir: string, current: ReadonlySet<string>, now: Date): Promise<void> {
  for (const entry of await readdir(outdir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile() || current.has(relative(outdir, path))) continue
    const { mtimeMs } = await stat(path)
    if (now.getTime() - mtimeMs > keepEarlierMs) await rm(path, { force: true })
  }
}

/**
 * Bundles `entry` into `outdir`. The entry file is written last, so that it never names a chunk that is not there.
 * Throws esbuild's error, which has `errors` and stands on stderr already, when a source does not build.
 */
export async function build(entry: string, outdir: string): Promise<void> {
  const began = new Date()
  const { outputFiles } = await bundle(optionsFor(entry, outdir))
  const main = join(outdir, 'offboard.js')
  const stamp = join(outdir, '.built')
  for (const file of outputFiles.filter(({ path }) => path !== main)) await replaceFile(file, 0o644)
  for (const file of outputFiles.filter(({ path }) => path === main)) await replaceFile(file, 0o755)
  await replaceFile({ path: stamp, contents: new Uint8Array() }, 0o644)
  await utimes(stamp, began, began)
  const current = new Set(
    [stamp, ...outputFiles.map(({ path }) => path)].map((path) => relative(outdir, path)),
  )
  await removeEarlier(outdir, current, began)
}

/** Builds the program, or is false when the sources do not build, which esbuild has printed on stderr. */
export async function buildProgram(): Promise<boolean> {
  try {
    await build('./src/cli/main.ts', join(root, 'dist'))
    return true
  } catch (error) {
    if (error instanceof Error && 'errors' in error) return false
    throw error
  }
}

if (import.meta.main && !(await buildProgram())) process.exitCode = 1
