import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Child, startChild } from '../../adapters/exchange-online/powershell/child.ts'
import { type Envelope, findEnvelope } from '../../adapters/exchange-online/powershell/envelope.ts'
import { requestLine } from '../../adapters/exchange-online/powershell/runner.ts'
import type { JsonObject } from '../../src/model/json.ts'
import { testEngines } from './engine.ts'

describe.each(await testEngines())('on $name', ({ program }) => {
  let child: Child

  beforeAll(async () => {
    const signal = new AbortController().signal
    child = startChild({ program, environment: { PATH: process.env.PATH ?? '' }, signal })
    await child.run(
      'function global:Get-Echo { [CmdletBinding()] param($Value) @{ Value = $Value } }',
      30_000,
    )
  })

  afterAll(async () => {
    await child.end()
  })

  async function run(
    command: string,
    parameters: JsonObject,
    dates: readonly string[] = [],
  ): Promise<Envelope> {
    const output = await child.run(requestLine({ id: 'test', command, parameters, dates }), 30_000)
    const envelope = findEnvelope(output, 'test', (text) => text)
    if (envelope === undefined) throw new Error(`no envelope: ${output}`)
    return envelope
  }

  /** What a PowerShell expression becomes. */
  async function resultOf(expression: string): Promise<unknown> {
    await child.run(
      `function global:Get-Value { [CmdletBinding()] param() @{ Value = ${expression} } }`,
      30_000,
    )
    const { data, failure } = await run('Get-Value', {})
    expect(failure).toBeNull()
    const [row] = data
    return row !== null && typeof row === 'object' && 'Value' in row ? row.Value : 'no row'
  }

  it.each([
    ['$null', null],
    ['$true', true],
    ['[switch]$false', false],
    ["'text'", 'text'],
    ["[char]'c'", 'c'],
    ['42', 42],
    ['[byte]7', 7],
    ['[long]9007199254740991', 9007199254740991],
    ['[long]9007199254740993', '9007199254740993'],
    ['[uint64]::MaxValue', '18446744073709551615'],
    ['1.5', 1.5],
    ['[decimal]2.25', 2.25],
    ['[double]::NaN', 'NaN'],
    ["[guid]'3F2B9D4E-0000-4000-8000-00000000000A'", '3f2b9d4e-0000-4000-8000-00000000000a'],
    ["[timespan]'1.02:03:04'", '1.02:03:04'],
    ["[uri]'https://example.com/a?b'", 'https://example.com/a?b'],
    ["[ipaddress]'192.0.2.1'", '192.0.2.1'],
    ['[System.DayOfWeek]::Friday', 'Friday'],
    ["[datetime]::SpecifyKind('2026-11-24T10:00:00', 'Utc')", '2026-11-24T10:00:00.0000000Z'],
    ['[datetime]::new(2026, 11, 24, 10, 0, 0)', '2026-11-24T10:00:00.0000000'],
    ["[datetime]::SpecifyKind('2026-11-24T10:00:00', 'Utc').ToLocalTime()", '2026-11-24T10:00:00.0000000Z'],
    ["[System.DateTimeOffset]'2026-11-24T10:00:00+05:00'", '2026-11-24T05:00:00.0000000Z'],
    ['@()', []],
    ["@('one')", ['one']],
    ['[System.Collections.ArrayList]@(1, $null)', [1, null]],
    ["@{ Keys = 1; Count = 'x'; psbase = 2 }", { Keys: 1, Count: 'x', psbase: 2 }],
    ["[pscustomobject]@{ a = [pscustomobject]@{ b = @('c') } }", { a: { b: ['c'] } }],
    [
      '[version]::new(14, 0, 1, 2)',
      { Major: 14, Minor: 0, Build: 1, Revision: 2, MajorRevision: 0, MinorRevision: 2 },
    ],
    [
      '[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize([System.DayOfWeek]::Friday))',
      'Friday',
    ],
    [
      '[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize([pscustomobject]@{ a = [System.DayOfWeek]::Friday; b = 5 }))',
      { a: 'Friday', b: 5 },
    ],
  ])('%s becomes %j', async (expression, expected) => {
    expect(await resultOf(expression)).toEqual(expected)
  })

  it('a property that cannot be read is null, and the others are there', async () => {
    const broken = "[System.Net.Http.HttpRequestMessage]::new('GET', 'https://example.com')"
    expect(await resultOf(broken)).toMatchObject({ RequestUri: 'https://example.com/' })
  })

  it('an object without end is cut, and not waited for', async () => {
    expect(await resultOf('[System.AppDomain]::CurrentDomain')).toBeTypeOf('object')
  })

  it('any JSON goes in and comes out as it is', async () => {
    /** Names that differ in case alone are one name to PowerShell, and -0 is 0 to it. */
    const name = fc.string({ unit: 'binary', maxLength: 8 }).filter((key) => key !== '__proto__')
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        fc.constantFrom(null, true, false, '', 1.5, 9007199254740991, -3),
        fc.string({ unit: 'binary' }),
        fc.array(tie('value'), { maxLength: 3 }),
        fc
          .uniqueArray(fc.tuple(name, tie('value')), {
            maxLength: 3,
            selector: ([key]) => key.toUpperCase().toLowerCase(),
          })
          .map((members) => Object.fromEntries(members)),
      ),
    }))
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 25, maxLength: 25 }), async (values) => {
        const { data } = await run('Get-Echo', { Value: JSON.parse(JSON.stringify(values)) })
        expect(data).toEqual([{ Value: values }])
      }),
      { numRuns: 25 },
    )
  }, 120_000)

  it('a point in time is one in every time zone', async () => {
    await child.run(
      'function global:Get-Kind { [CmdletBinding()] param($Value) @{ Value = $Value.Kind; Hour = $Value.Hour } }',
      30_000,
    )
    const { data } = await run('Get-Kind', { Value: '2026-11-24T10:00:00+05:00' }, ['Value'])
    expect(data).toEqual([{ Value: 'Utc', Hour: 5 }])
  })
})
