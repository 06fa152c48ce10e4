import { randomBytes } from 'node:crypto'

/** Digits and letters that are not mistaken for one another: 32 of them. */
const letters = '0123456789abcdefghjkmnpqrstvwxyz'

/** '20261124-081107-k3f9': the time in UTC, so that ids sort by it, and four random letters. */
export function newRunId(now: Date, random: Uint8Array = randomBytes(4)): string {
  const [date, time] = now.toISOString().replaceAll(/[-:]/g, '').split(/[T.]/)
  const tail = Array.from(random, (byte) => letters.charAt(byte % letters.length)).join('')
  return `${date}-${time}-${tail}`
}
