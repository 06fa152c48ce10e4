/**
 * Writes the JSON Schema of every format that the program reads or writes into `schemas/`.
 *
 *     node scripts/schemas.ts            write
 *     node scripts/schemas.ts --check    write nothing; exit 1 and name the files that differ
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { schemas } from '../src/cli/schemas.ts'

const folder = join(import.meta.dirname, '..', 'schemas')

function textOf(schema: object): string {
  return `${JSON.stringify(schema, null, 2)}\n`
}

/** What each file of the folder holds now, by name. */
async function readFolder(): Promise<Map<string, string>> {
  await mkdir(folder, { recursive: true })
  const names = await readdir(folder)
  return new Map(
    await Promise.all(
      names.map(
        async (name): Promise<[string, string]> => [name, await readFile(join(folder, name), 'utf8')],
      ),
    ),
  )
}

const written = await readFolder()
const wanted = new Map(Object.entries(schemas).map(([name, schema]) => [name, textOf(schema)]))
const differing = [...new Set([...written.keys(), ...wanted.keys()])].filter(
  (name) => written.get(name) !== wanted.get(name),
)

if (process.argv.includes('--check')) {
  for (const name of differing)
    console.error(`schemas/${name} is not what the sources say; run: npm run schemas`)
  process.exitCode = differing.length === 0 ? 0 : 1
} else {
  for (const name of differing) {
    const text = wanted.get(name)
    if (text === undefined) console.error(`schemas/${name} belongs to no format; remove it`)
    else await writeFile(join(folder, name), text)
  }
}
