import { UsageError } from '../model/errors.ts'
import { quoted } from './visible.ts'

/** Units from the largest to the smallest, as they are written. */
const units = [
  { name: 'd', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'm', ms: 60_000 },
  { name: 's', ms: 1_000 },
  { name: 'ms', ms: 1 },
] as const

const written = new RegExp(`^${units.map(({ name }) => `(?:(\\d+)${name})?`).join('')}$`)

/** The longest duration: a year. */
export const longestDurationMs = 365 * 86_400_000

/**
 * Reads `30m`, `1h30m`, `90s`, `7d` or `0` into milliseconds.
 * @param option what it was given as, `--drain`: named in the UsageError.
 */
export function parseDuration(text: string, option: string): number {
  const ms = millisecondsOf(text.trim())
  if (ms === undefined || ms > longestDurationMs) {
    throw new UsageError({
      tried: `read ${option}`,
      said: ms === undefined ? `${quoted(text)} is not a duration` : `${quoted(text)} is longer than a year`,
      hint: 'Write days, hours, minutes and seconds as in 30m, 1h30m, 90s or 7d; 0 for none.',
    })
  }
  return ms
}

/** Writes whole milliseconds, zero or more, the way `parseDuration` reads them. */
export function formatDuration(ms: number): string {
  const { text } = units.reduce(
    ({ text, rest }, unit) => {
      const count = Math.floor(rest / unit.ms)
      return { text: count === 0 ? text : `${text}${count}${unit.name}`, rest: rest - count * unit.ms }
    },
    { text: '', rest: ms },
  )
  return text === '' ? '0' : text
}

function millisecondsOf(text: string): number | undefined {
  if (text === '0') return 0
  const match = written.exec(text)
  if (text === '' || match === null) return undefined
  return units.reduce((sum, unit, index) => sum + Number(match[index + 1] ?? 0) * unit.ms, 0)
}
