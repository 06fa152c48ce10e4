import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { retryAfterMs } from '../../../src/wire/retry-after.ts'
import { encodeCommand } from './encode.ts'
import { removeSidecars } from './sidecar.ts'

const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)))
const key = fc.string().filter((name) => !/@(?:odata|data)\./.test(name))
const object = fc.dictionary(key, fc.oneof(json, fc.dictionary(key, json)))

function withoutSidecars<T>(value: T): T {
  const copy = structuredClone(value)
  removeSidecars(copy)
  return copy
}

describe('removeSidecars', () => {
  it('leaves an object without them as it is', () => {
    fc.assert(
      fc.property(object, (value) => {
        expect(withoutSidecars(value)).toEqual(value)
      }),
    )
  })

  it('drops what the transport says of a value, at any depth, and nothing else', () => {
    const row = {
      '@odata.id': 'x',
      'Priority@data.type': 'System.Int32',
      Priority: 0,
      'List@odata.type': '#Collection(String)',
      List: ['a@data.example'.slice(0, 6)],
      RuleVersion: { 'Major@data.type': 'System.Int32', Major: 14 },
      'someone@contoso.com': 'kept',
    }
    expect(withoutSidecars(row)).toEqual({
      Priority: 0,
      List: ['a@data'],
      RuleVersion: { Major: 14 },
      'someone@contoso.com': 'kept',
    })
  })

  it('keeps a property that is called __proto__ a property', () => {
    const value: unknown = JSON.parse('{"__proto__":{"Name":"x","Name@data.type":"y"}}')
    removeSidecars(value)
    expect(JSON.stringify(value)).toBe('{"__proto__":{"Name":"x"}}')
  })
})

describe('encodeCommand', () => {
  it('gives every hash its type, and leaves lists and values as they are', () => {
    const body = encodeCommand('Set-X', {
      Identity: 'a',
      IPAllowList: { Remove: ['192.0.2.1'] },
      Empty: [],
      No: false,
    })
    expect(JSON.parse(body)).toEqual({
      CmdletInput: {
        CmdletName: 'Set-X',
        Parameters: {
          Identity: 'a',
          IPAllowList: { '@odata.type': '#Exchange.GenericHashTable', Remove: ['192.0.2.1'] },
          Empty: [],
          No: false,
        },
      },
    })
  })

  it('carries any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(JSON.parse(encodeCommand('Get-X', { Name: name })).CmdletInput.Parameters.Name).toBe(name)
      }),
    )
  })
})

describe('retryAfterMs', () => {
  it.each([
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after': 'Tue, 24 Nov 2026 10:00:30 GMT', date: 'Tue, 24 Nov 2026 10:00:00 GMT' }, 30_000],
    [{ 'retry-after': 'Tue, 24 Nov 2026 09:00:00 GMT', date: 'Tue, 24 Nov 2026 10:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('reads %j', (headers, expected) => {
    expect(retryAfterMs(new Headers(headers))).toBe(expected)
  })
})
