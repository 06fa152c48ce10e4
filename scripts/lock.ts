/**
 * Completes package-lock.json with the packages for other platforms.
 *
 * A registry mirror may lack a package for a platform that it does not serve. npm then leaves it out of the lock
 * file without a word, and `npm ci` refuses that file everywhere. The entries made here have no checksum, as
 * there was nothing to take it from; npm skips them where they do not belong.
 *
 *     npm install --package-lock-only && node scripts/lock.ts
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'

/** What is read of package-lock.json: its packages by path, and the optional packages that each one names. */
export const lockFile = z.looseObject({
  packages: z.record(
    z.string(),
    z.looseObject({
      dev: z.boolean().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
})

type LockedPackages = z.infer<typeof lockFile>['packages']

interface PlatformEntry {
  readonly version: string
  readonly dev?: true
  readonly optional: true
  readonly os: readonly string[]
  readonly cpu: readonly string[]
  readonly libc?: readonly string[]
}

const systems = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
]
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64']
const libraries = [
  { mark: /-musl/, name: 'musl' },
  { mark: /-gnu/, name: 'glibc' },
]

/** The entry of a platform's package, read from its name: `@biomejs/cli-linux-x64-musl`. */
export function platformEntry(name: string, version: string, dev: boolean): PlatformEntry {
  const words = name.split(/[-/]/)
  const os = systems.filter((system) => words.includes(system))
  const cpu = processors.filter((processor) => words.includes(processor))
  const libc = libraries
    .filter(({ mark }) => os.includes('linux') && mark.test(name))
    .map((library) => library.name)
  if (os.length !== 1 || cpu.length !== 1) throw new Error(`${name}: its name tells no platform`)
  return { version, ...(dev ? { dev } : {}), optional: true, os, cpu, ...(libc.length > 0 ? { libc } : {}) }
}

/** The optional packages that an entry of the lock file names and the file does not hold. */
export function missingPackages(packages: LockedPackages): Record<string, PlatformEntry> {
  const missing: Record<string, PlatformEntry> = {}
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const places = [`node_modules/${name}`, `${path}/node_modules/${name}`]
      if (places.some((place) => packages[place] !== undefined)) continue
      missing[`node_modules/${name}`] = platformEntry(name, version, entry.dev === true)
    }
  }
  return missing
}

if (import.meta.main) {
  const path = join(import.meta.dirname, '..', 'package-lock.json')
  const lock = JSON.parse(await readFile(path, 'utf8'))
  const packages = { ...lock.packages, ...missingPackages(lockFile.parse(lock).packages) }
  const sorted = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)))
  await writeFile(path, `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`)
}
