/**
 * Builds the program: `src/cli/main.ts` and all that it needs into `dist/`, as `dist/offboard.js` and lazily
 * loaded chunks. JSON files are in the bundle; nothing else is read beside it at run time.
 *
 *     node scripts/build.ts
 *
 * Prints nothing on stdout. The stamp `dist/.built` has the time at which the build began to read.
 */
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { dirname, join, relative, sep } from 'node:path'
import { type BuildOptions, build as bundle, type Metafile, type Plugin } from 'esbuild'
import { requireBanner, withoutBuiltinImports } from './builtins.ts'

const root = join(import.meta.dirname, '..')

/** A run under way still loads its chunks lazily, so those of an earlier build stay this long. */
const keepEarlierMs = 24 * 60 * 60 * 1000

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

function optionsFor(entry: string, outdir: string): BuildOptions & { write: false; metafile: true } {
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
    metafile: true,
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

interface BuiltFile {
  readonly path: string
  readonly contents: string | Uint8Array
}

function withFastStart(file: BuiltFile & { text: string }, { outputs }: Metafile): BuiltFile {
  const path = relative(root, file.path).replaceAll(sep, '/')
  const imports = outputs[path]?.imports ?? []
  const builtins = imports.filter(
    (one) => one.external && one.kind === 'import-statement' && isBuiltin(one.path),
  )
  return { path: file.path, contents: withoutBuiltinImports(file.text, builtins.length) }
}

/** Whole or not at all, so that a program that starts meanwhile never reads half a file. */
async function replaceFile(file: BuiltFile, mode: number): Promise<void> {
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
  const { outputFiles, metafile } = await bundle(optionsFor(entry, outdir))
  const files = outputFiles.map((file) => (file.path.endsWith('.js') ? withFastStart(file, metafile) : file))
  const main = join(outdir, 'offboard.js')
  const stamp = join(outdir, '.built')
  for (const file of files.filter(({ path }) => path !== main)) await replaceFile(file, 0o644)
  for (const file of files.filter(({ path }) => path === main)) await replaceFile(file, 0o755)
  await replaceFile({ path: stamp, contents: '' }, 0o644)
  await utimes(stamp, began, began)
  const current = new Set([stamp, ...files.map(({ path }) => path)].map((path) => relative(outdir, path)))
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
