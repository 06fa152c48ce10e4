import type { Writable } from 'node:stream'
import type { Listener } from '../model/events.ts'

/** The format of the lines; its number changes when their form does. */
export const eventsFormat = 'offboard.events/1'

/** One JSON object a line, as things happen. The first says the format and this program's version. */
export function createJsonLines(stdout: Writable, version: string): Listener {
  const write = (line: object) => void stdout.write(`${JSON.stringify(line)}\n`)
  write({ type: 'version', format: eventsFormat, version })
  return write
}
