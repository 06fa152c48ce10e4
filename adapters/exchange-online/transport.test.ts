import { describe, expect, it } from 'vitest'
import { InternalError } from '../../src/model/errors.ts'
import type { JsonObject } from '../../src/model/json.ts'
import { readCmdlets, writeCmdlets } from './cmdlets.ts'
import { type ExchangeReader, exchangeReader, exchangeWriter, type Transport } from './transport.ts'

function recorder() {
  const calls: [string, JsonObject][] = []
  const transport: Transport = {
    async invoke(cmdlet, parameters) {
      calls.push([cmdlet, parameters])
      return { items: [], warnings: [] }
    },
    claims: async () => [],
    allowedCmdlets: async () => new Set(),
    close: async () => {},
  }
  return { calls, transport }
}

describe('a reader', () => {
  it('has nothing but read', () => {
    expect(Object.keys(exchangeReader(recorder().transport))).toEqual(['read'])
  })

  it.each(writeCmdlets)('does not run %s, whatever it is told', async (cmdlet) => {
    const { calls, transport } = recorder()
    const reader: { read(name: string): Promise<unknown> } = exchangeReader(transport) as ExchangeReader & {
      read(name: string): Promise<unknown>
    }
    await expect(reader.read(cmdlet)).rejects.toBeInstanceOf(InternalError)
    expect(calls).toEqual([])
  })

  it('reads only with cmdlets that read', () => {
    expect(readCmdlets.filter((name) => !name.startsWith('Get-'))).toEqual([])
    expect(writeCmdlets.filter((name) => name.startsWith('Get-'))).toEqual([])
  })
})

describe('a writer', () => {
  it('tells the service not to ask back', async () => {
    const { calls, transport } = recorder()
    await exchangeWriter(transport).write('Remove-TransportRule', { Identity: 'x' })
    expect(calls).toEqual([['Remove-TransportRule', { Identity: 'x', Confirm: false }]])
  })
})
