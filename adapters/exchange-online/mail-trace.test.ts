import { describe, expect, it } from 'vitest'
import { ServiceError } from '../../src/model/errors.ts'
import type { JsonObject } from '../../src/model/json.ts'
import { startTestTenant } from '../../test/support/exchange-tenant.ts'
import { mailTrace } from './mail-trace.ts'
import type { ExchangeReader } from './transport.ts'

const vendor = [
  '3.81.182.154',
  '3.93.155.149',
  '3.95.118.12',
  '3.95.142.181',
  '54.227.64.76',
  '52.12.169.124',
]
const minute = 60_000
const day = 24 * 60 * minute

describe('the message trace of the sandbox', () => {
  it('takes one query when there is little mail', async () => {
    await using tenant = await startTestTenant()
    const reader = await tenant.adapter().open({ asked: 'contoso.com' })
    const to = await tenant.sandbox.control.now()
    const from = new Date(to.getTime() - 20 * minute)
    const messages = (await reader.mailTrace?.messages(from, to, vendor)) ?? []
    expect(messages.some(({ fromIp }) => vendor.includes(fromIp))).toBe(true)
    expect(messages.some(({ fromIp }) => !vendor.includes(fromIp))).toBe(true)
    for (const { received } of messages) {
      expect(received).toBe(new Date(received).toISOString())
      expect(Date.parse(received)).toBeGreaterThanOrEqual(from.getTime())
      expect(Date.parse(received)).toBeLessThan(to.getTime())
    }
    expect((await tenant.sandbox.control.show()).counts['Get-MessageTraceV2']).toBe(1)
  })

  it('is complete for the addresses asked for, however much other mail there is', async () => {
    await using tenant = await startTestTenant()
    const reader = await tenant.adapter().open({ asked: 'contoso.com' })
    const to = new Date(
      Math.floor((await tenant.sandbox.control.now()).getTime() / minute) * minute - 30 * minute,
    )
    const from = new Date(to.getTime() - 4 * day)
    const messages = (await reader.mailTrace?.messages(from, to, vendor)) ?? []
    const fromVendor = messages.filter(({ fromIp }) => vendor.includes(fromIp))
    expect(fromVendor).toHaveLength((4 * day) / minute)
    expect(new Set(fromVendor.map(({ received }) => received)).size).toBe(fromVendor.length)
    expect(messages.length).toBeGreaterThan(fromVendor.length)
  })
})

/** A service that gives few rows at a time, so that one address alone is cut. */
function smallService(rows: readonly JsonObject[], most: number, stuck = false) {
  const asked: JsonObject[] = []
  const reader: ExchangeReader = {
    async read(_cmdlet, parameters = {}) {
      asked.push(parameters)
      const { FromIP, EndDate, StartingRecipientAddress: start } = parameters
      const matching = rows
        .filter((row) => FromIP === undefined || row.FromIP === FromIP)
        .filter((row) => String(row.Received) <= String(EndDate))
        .filter(
          (row) =>
            stuck ||
            row.Received !== EndDate ||
            start === undefined ||
            String(row.RecipientAddress) >= String(start),
        )
      const cut = matching.length > most
      const text = 'There are more results. Use -StartingRecipientAddress to get them.'
      return { items: matching.slice(0, most), warnings: cut ? [text] : [] }
    },
  }
  return { reader, asked }
}

const rows = ['09', '07', '07', '05', '03', '01'].map((second, index) => ({
  MessageTraceId: `trace-${index}`,
  RecipientAddress: `user${index}@contoso.com`,
  Received: `2026-11-24T10:00:${second}.0000000Z`,
  FromIP: index % 3 === 0 ? '192.0.2.1' : '192.0.2.2',
  ToIP: '',
}))
const from = new Date('2026-11-24T10:00:00Z')
const to = new Date('2026-11-24T10:01:00Z')

describe('a list that is cut', () => {
  it('is read on from where it ended, and no message counts twice', async () => {
    for (const most of [2, 3, 4]) {
      const { reader } = smallService(rows, most)
      const messages = await mailTrace(reader).messages(from, to, ['192.0.2.1', '192.0.2.2'])
      expect(messages).toHaveLength(rows.length)
    }
  })

  it('that does not go on is an error and no end', async () => {
    const { reader } = smallService(rows, 2, true)
    const stuck = { ...rows[0], FromIP: '192.0.2.9' }
    const many = [stuck, { ...stuck, MessageTraceId: 'b' }, { ...stuck, MessageTraceId: 'c' }]
    const service = smallService(many, 2, true)
    await expect(mailTrace(service.reader).messages(from, to, ['192.0.2.9'])).rejects.toBeInstanceOf(
      ServiceError,
    )
    await expect(mailTrace(reader).messages(from, to, [])).resolves.toHaveLength(2)
  })
})

describe('a row', () => {
  const answering = (row: JsonObject): ExchangeReader => ({
    read: async () => ({ items: [row], warnings: [] }),
  })

  it('without a zone is UTC, and without an address has none', async () => {
    const row = { ...rows[0], Received: '2026-11-24T10:00:09.048', FromIP: null }
    expect(await mailTrace(answering(row)).messages(from, to, [])).toEqual([
      { received: '2026-11-24T10:00:09.048Z', fromIp: '', toIp: '' },
    ])
  })

  it('outside the span does not count', async () => {
    const row = { ...rows[0], Received: '2026-11-24T10:01:00Z' }
    expect(await mailTrace(answering(row)).messages(from, to, [])).toEqual([])
  })

  it.each<JsonObject>([{}, { ...rows[0], Received: 'soon' }, { ...rows[0], Received: 7 }])(
    'that cannot be read is an error: %j',
    async (row) => {
      await expect(mailTrace(answering(row)).messages(from, to, [])).rejects.toBeInstanceOf(ServiceError)
    },
  )
})
