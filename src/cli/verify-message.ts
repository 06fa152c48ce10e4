import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { vendorHeaderPrefix } from '../footprint/data.ts'
import { UsageError } from '../model/errors.ts'

/** Header lines end at the first empty line; a line that begins with white space goes on the one before. */
function headerNames(message: string): readonly string[] {
  const [head = ''] = message.replaceAll('\r\n', '\n').split('\n\n', 1)
  return head.split('\n').flatMap((line) => /^([!-9;-~]+)\s*:/.exec(line)?.[1] ?? [])
}

/** The vendor's headers in a message (RFC 5322), each once. */
export function vendorHeaders(message: string): readonly string[] {
  const found = headerNames(message)
    .map((name) => name.toUpperCase())
    .filter((name) => name.startsWith(vendorHeaderPrefix))
  return [...new Set(found)]
}

/** Reads a message file. Throws a UsageError when it cannot be read or is no message. */
export function readMessage(file: string, cwd: string): readonly string[] {
  const path = resolve(cwd, file)
  let text: string
  try {
    text = readFileSync(path, 'latin1')
  } catch (error) {
    const said = error instanceof Error && 'code' in error ? String(error.code) : 'it cannot be opened'
    throw new UsageError({ tried: `read the message ${path}`, said, hint: 'Save a fresh message as .eml.' })
  }
  if (headerNames(text).length > 0) return vendorHeaders(text)
  throw new UsageError({
    tried: `read the message ${path}`,
    said: 'it has no headers',
    hint: 'Save the message whole, as .eml, not its text alone.',
  })
}
