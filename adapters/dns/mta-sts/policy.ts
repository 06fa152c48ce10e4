import { UsageError } from '../../../src/model/errors.ts'
import { toDnsName, toHost } from '../domain-name.ts'

/** To which hosts senders may deliver a domain's mail, and how long they believe it. RFC 8461. */
export interface MtaStsPolicy {
  /** `enforce`: mail is not delivered to a host that no pattern permits. */
  readonly mode: 'enforce' | 'testing' | 'none'
  /** Patterns: a host, or `*.example.com` for any one label before it. Lower case. */
  readonly mx: readonly string[]
  /** How long a sender may go by it after it read it, in seconds. */
  readonly maxAge: number
}

const modes = ['enforce', 'testing', 'none'] as const
const pattern = /^(?:\*\.)?[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})+$/
/** RFC 8461, section 3.2. */
const longestAge = 31_557_600

/** Reads the text of a policy (RFC 8461, section 3.2). Fields that it does not know are passed over. Throws a UsageError. */
export function parsePolicy(text: string): MtaStsPolicy {
  const fields = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map(toField)
  const first = new Map(fields.toReversed())
  if (first.get('version') !== 'STSv1') throw malformed('its version is not STSv1')
  const mode = modes.find((known) => known === first.get('mode'))
  if (mode === undefined) throw malformed('its mode is not enforce, testing or none')
  const age = first.get('max_age') ?? ''
  if (!/^\d{1,10}$/.test(age)) throw malformed('its max_age is not a number of seconds')
  const mx = fields.flatMap(([key, value]) => (key === 'mx' ? [toPattern(value)] : []))
  if (mx.length === 0 && mode !== 'none') throw malformed('it permits no host')
  return { mode, mx, maxAge: Math.min(Number(age), longestAge) }
}

function toField(line: string): readonly [key: string, value: string] {
  const { key, value } =
    /^(?<key>[a-z0-9][a-z0-9_.-]{0,31}):[ \t]*(?<value>.*?)[ \t]*$/i.exec(line)?.groups ?? {}
  if (key === undefined || value === undefined) {
    throw malformed(`${JSON.stringify(line.slice(0, 80))} is not a field and its value`)
  }
  return [key, value]
}

function toPattern(value: string): string {
  const host = toHost(value)
  if (pattern.test(host)) return host
  throw malformed(`${JSON.stringify(value.slice(0, 80))} is not the name of a host`)
}

/** Whether a policy's patterns permit a host. A star stands for exactly one label (RFC 8461, section 4.1). */
export function permitsHost(patterns: readonly string[], host: string): boolean {
  const name = toHost(toDnsName(host) ?? host)
  return patterns.some((one) =>
    one.startsWith('*.')
      ? name.includes('.') && name.slice(name.indexOf('.')) === one.slice(1)
      : name === one,
  )
}

function malformed(said: string): UsageError {
  return new UsageError({ tried: 'read the MTA-STS policy', said })
}
