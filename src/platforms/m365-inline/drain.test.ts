import { expect, test } from 'vitest'
import { buildFootprint } from '../../footprint/footprint.ts'
import type { SystemReader, TracedMessage } from '../../model/adapter.ts'
import type { SystemId } from '../../model/words.ts'
import { drainWait } from './drain.ts'

const now = new Date('2026-11-24T10:00:00Z')
const footprint = buildFootprint(['eu'], {
  rules: [],
  connectors: [],
  hosts: [],
  addresses: ['198.51.100.0/24'],
  apps: [],
  clients: [],
})

const decisions = {
  ...{ include: [], exclude: [], allow: [], drainMs: 0, drainMaxMs: 0 },
  ...{ revokeGrants: false, deleteApp: false, googlePolicyWrites: false, effectWaitMs: 0 },
}
const waiting = { footprint, decisions, now, since: now, least: now, lanes: new Set(['']), unproven: [] }

function readerOf(messages: readonly TracedMessage[]): SystemReader {
  return {
    resources: new Map(),
    sources: new Map(),
    mailTrace: { messages: async () => messages },
    identity: () => Promise.reject(new Error('not asked for')),
    close: async () => {},
  }
}

function answer(messages: readonly TracedMessage[]) {
  const systems = new Map<SystemId, SystemReader>([['exchange-online', readerOf(messages)]])
  return drainWait.until({ ...waiting, systems })
}

function message(fromIp: string, minutesAgo: number, toIp = ''): TracedMessage {
  return { received: new Date(now.getTime() - minutesAgo * 60_000).toISOString(), fromIp, toIp }
}

const other = message('203.0.113.9', 15)

test.each<[string, readonly TracedMessage[], string]>([
  ['mail of others alone', [other], 'over'],
  ['nothing at all', [], 'no-comparison'],
  ['mail of others that the trace may still show in part', [message('203.0.113.9', 5)], 'no-comparison'],
  ['mail that goes out alone', [message('203.0.113.9', 15, '192.0.2.1')], 'no-comparison'],
  ['mail that began inside alone', [message('', 15)], 'no-comparison'],
  ['mail from an address of the region', [other, message('99.81.216.78', 15)], 'not-yet'],
  ['mail from the multi-region address', [other, message('52.12.169.124', 12)], 'not-yet'],
  ['mail of just now', [other, message('99.81.216.78', 1)], 'not-yet'],
  ['mail from another region of the vendor’s', [other, message('13.236.255.231', 15)], 'not-yet'],
  ['mail from a block that the operator added', [other, message('198.51.100.77', 15)], 'not-yet'],
  ['mail from beside that block', [other, message('198.51.101.77', 15)], 'over'],
  ['mail over IPv6', [message('2001:db8::1', 15)], 'over'],
])('%s', async (_, messages, is) => {
  expect(await answer(messages)).toMatchObject({ is })
})

test('no trace is no answer', async () => {
  const { mailTrace: _, ...without } = readerOf([])
  const systems = new Map<SystemId, SystemReader>([['exchange-online', without]])
  expect((await drainWait.until({ ...waiting, systems })).is).toBe('unknown')
})
