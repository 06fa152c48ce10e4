import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findEnvelope } from './envelope.ts'

const id = '3f2b9d4e-0000-4000-8000-000000000001'
const good = { id, ok: true, data: [{ Name: 'x' }], warnings: [], failure: null }
const same = (text: string) => text

function pack(content: unknown, marker = id): string {
  return `@@${marker}:${gzipSync(JSON.stringify(content)).toString('base64')}@@`
}

describe('an envelope', () => {
  it('is found among whatever else was written', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        expect(findEnvelope(`${before}${pack(good)}${after}`, id, same)).toEqual(good)
      }),
    )
  })

  it('is none without its mark, and never the one of another request', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(findEnvelope(text, id, same)).toBeUndefined()
      }),
    )
    const other = '3f2b9d4e-0000-4000-8000-000000000002'
    expect(findEnvelope(pack(good, other), id, same)).toBeUndefined()
    expect(findEnvelope(pack({ ...good, id: other }), id, same)).toBeUndefined()
  })

  it.each([
    ['cut', pack(good).slice(0, -30)],
    ['damaged', pack(good).replace(/:.{12}/, ':AAAAAAAAAAAA')],
    ['of another form', pack({ id, ok: true })],
    ['empty', `@@${id}:@@`],
  ])('that is %s is none', (_, output) => {
    expect(findEnvelope(output, id, same)).toBeUndefined()
  })

  it('is cleaned before it is read', () => {
    const found = findEnvelope(pack({ ...good, warnings: ['a secret'] }), id, (text) =>
      text.replace('secret', '*'),
    )
    expect(found?.warnings).toEqual(['a *'])
  })
})
