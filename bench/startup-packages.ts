import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'

const sourceMap = z.looseObject({ sources: z.array(z.string()) })

/** Writes the address of each module that Node loads to file descriptor 3. */
const recorder = `
  import { writeSync } from 'node:fs'
  import { registerHooks } from 'node:module'
  registerHooks({ load(url, context, next) { writeSync(3, url + '\\n'); return next(url, context) } })
`

/** The files that `node program …args` loads, in order. */
export function filesLoadedBy(program: string, args: readonly string[]): string[] {
  const { output, status, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(recorder)}`, program, ...args],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}: ${stderr}`)
  const addresses = (output[3] ?? '').split('\n')
  return addresses.filter((address) => address.startsWith('file:')).map((address) => fileURLToPath(address))
}

/** The npm packages whose code is in the files, read from their source maps; sorted, each once. */
export function packagesIn(files: readonly string[]): string[] {
  const sources = files
    .map((file) => `${file}.map`)
    .filter((map) => existsSync(map))
    .flatMap((map) => sourceMap.parse(JSON.parse(readFileSync(map, 'utf8'))).sources)
  const names = sources.map((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1])
  return [...new Set(names.filter((name) => name !== undefined))].sort()
}
