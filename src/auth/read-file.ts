import { readFile } from 'node:fs/promises'
import type { VariableName } from '../config/environment.ts'
import { UsageError } from '../model/errors.ts'

/** Reads the file that a variable names; a UsageError names both. */
export async function readNamedFile(path: string, variable: VariableName): Promise<Buffer> {
  try {
    const content = await readFile(path)
    if (content.length > 0) return content
  } catch (error) {
    const said = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    throw new UsageError({ tried: `read ${path}, which ${variable} names`, said })
  }
  throw new UsageError({ tried: `read ${path}, which ${variable} names`, said: 'the file is empty' })
}
