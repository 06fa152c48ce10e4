import { describe, expect, it } from 'vitest'
import { ServiceError } from '../../src/model/errors.ts'
import type { JsonObject } from '../../src/model/json.ts'
import { readAll, readByGuid, toObject } from './objects.ts'
import type { ExchangeReader } from './transport.ts'

const guid = '0f000000-0000-4000-8000-00000000000a'

function answering(items: readonly JsonObject[], warnings: readonly string[] = []): ExchangeReader {
  return { read: async () => ({ items, warnings }) }
}

describe('a list', () => {
  it.each([
    'There are more results available than are currently displayed. To view them, increase the value for the ResultSize parameter.',
    'By default, only the first 1000 items are returned.',
    'The output was truncated.',
  ])('that the service has cut is not taken for whole: %s', async (warning) => {
    await expect(readAll(answering([{ Name: 'a' }], [warning]), 'Get-RemoteDomain')).rejects.toBeInstanceOf(
      ServiceError,
    )
  })

  it('with another warning is whole', async () => {
    expect(
      await readAll(answering([{ Name: 'a' }], ['This cmdlet will be replaced.']), 'Get-RemoteDomain'),
    ).toHaveLength(1)
  })

  it('has each object once, though answers overlap', async () => {
    const reader = answering([
      { Name: 'a', Guid: guid },
      { Name: 'a', Guid: guid.toUpperCase() },
    ])
    const objects = await readByGuid(reader, 'Get-OutboundConnector', [{}, {}])
    expect(objects.map((object) => object.guid)).toEqual([guid])
  })

  it.each<JsonObject>([{ Name: 'a' }, { Guid: guid }, { Name: 'a', Guid: 'x' }])(
    'of removable things has no %j',
    async (item) => {
      await expect(readByGuid(answering([item]), 'Get-TransportRule', [{}])).rejects.toBeInstanceOf(
        ServiceError,
      )
    },
  )
})

describe('an object', () => {
  it.each<[JsonObject, string, string]>([
    [{ Guid: guid.toUpperCase(), Name: 'n', Identity: 'i' }, guid, 'n'],
    [{ Identity: 'i', Id: 'd', Name: 'n' }, 'i', 'n'],
    [{ Id: 'd', Name: 'n' }, 'd', 'n'],
    [{ Identity: guid, SpoofedUser: 's' }, guid, 's'],
    [{ Identity: 'x', Value: 'v' }, 'x', 'v'],
    [{ ArcTrustedSealers: 'a' }, '', ''],
  ])('%j has an id and a name for people', (item, id, name) => {
    expect(toObject(item)).toEqual({ guid: id, name, properties: item })
  })
})
