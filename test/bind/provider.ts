import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ProviderPlace } from '../../adapters/dns/providers/conformance.ts'
import { openRfc2136, type Rfc2136, type Rfc2136Options } from '../../adapters/dns/providers/rfc2136.ts'
import type { RecordSet } from '../../adapters/dns/record-set.ts'
import type { Attempt } from '../../src/model/attempt.ts'
import { approval } from '../dns/cloud.ts'
import { isUpdate } from '../support/bind/relay.ts'
import type { Bind } from '../support/bind.ts'

export const once: Attempt = (_, request) => request()

/** The provider at a primary, with the key that may write. */
export function providerAt(bind: Bind, given: Partial<Rfc2136Options> = {}): Rfc2136 {
  return openRfc2136({
    server: { address: bind.primary.address, port: bind.port },
    keyFile: bind.keys.permitted,
    attempt: once,
    signal: new AbortController().signal,
    timeoutMs: 500,
    updateTimeoutMs: 1000,
    ...given,
  })
}

const conformanceSets: readonly (readonly [string, string])[] = [
  ['example.com', 'MX'],
  ['example.com', 'TXT'],
  ['_amazonses.example.com', 'TXT'],
  ['sub._amazonses.example.com', 'TXT'],
  ['sub.example.com', 'MX'],
  ['nothing.example.com', 'TXT'],
]

/** A zone of one running BIND, put back to what a test of the conformance suite begins with. */
export async function bindPlace(
  bind: Bind,
  seed: readonly RecordSet[],
  attempt: Attempt,
): Promise<ProviderPlace> {
  const write = ({ key: { zone, name, type }, ttl, values }: RecordSet) =>
    bind.write(zone, { name, type, ttl, values })
  const seeded = new Map(seed.map((set) => [`${set.key.name} ${set.key.type}`, set]))
  for (const [name, type] of conformanceSets) {
    const { ttl = 0, values = [] } = seeded.get(`${name} ${type}`) ?? {}
    await bind.write('example.com', { name, type, ttl, values })
  }
  const folder = mkdtempSync(join(tmpdir(), 'offboard-key-'))
  const keyFile = join(folder, 'update.key')
  copyFileSync(bind.keys.permitted, keyFile)
  let updates = 0
  let fault: 'lose' | 'lose-answer' | undefined
  bind.primary.intercept((message) => {
    if (!isUpdate(message)) return 'pass'
    updates += 1
    const fate = fault ?? 'pass'
    fault = undefined
    return fate
  })
  const provider = providerAt(bind, { attempt, keyFile })
  return {
    reader: provider.reader(),
    writer: provider.writer(approval()),
    truth: ({ name, type }) => bind.primary.read(name, type),
    elsewhere: write,
    writes: async () => updates,
    async failWrite(kind) {
      if (kind === 'denied') copyFileSync(bind.keys.powerless, keyFile)
      else fault = kind === 'lost-answer' ? 'lose-answer' : 'lose'
    },
    secrets: bind.secrets,
    async remove() {
      rmSync(folder, { recursive: true })
    },
  }
}
