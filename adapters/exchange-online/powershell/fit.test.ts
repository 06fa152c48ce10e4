import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../../src/model/errors.ts'
import { assertEngine, chooseModule, compareVersions, exchangeModule } from './fit.ts'

function files(...versions: readonly string[]) {
  return versions.map((version) => ({ version, guid: exchangeModule.guid, path: `${version}.psd1` }))
}

function refusal(act: () => unknown): UsageError {
  try {
    act()
  } catch (error) {
    if (error instanceof UsageError) return error
    throw error
  }
  throw new Error('it was not refused')
}

describe('compareVersions', () => {
  it('orders as the numbers do', () => {
    const numbers = fc.array(fc.nat(2000), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const at = [0, 1, 2, 3].find((index) => (a[index] ?? 0) !== (b[index] ?? 0)) ?? 0
        const expected = Math.sign((a[at] ?? 0) - (b[at] ?? 0))
        expect(Math.sign(compareVersions(a.join('.'), b.join('.')))).toBe(expected)
      }),
    )
  })

  it('takes a preview for its release', () => {
    expect(compareVersions('7.6.0-preview.4', '7.6.0')).toBe(0)
  })
})

describe('an engine', () => {
  it.each(['7.4.0', '7.5.3', '7.6.9', '7.10.0', '8.0.0-preview.1'])('is new enough: %s', (version) => {
    expect(() => assertEngine(version, 'pwsh', 'linux')).not.toThrow()
  })

  it.each([
    ['linux', 'installing-powershell-on-linux'],
    ['darwin', 'brew install'],
    ['win32', 'winget install'],
    ['freebsd', 'learn.microsoft.com'],
  ] as const)('that is too old says what to install on %s', (platform, text) => {
    expect(refusal(() => assertEngine('7.3.9', 'pwsh', platform)).hint).toContain(text)
  })
})

describe('the module', () => {
  it.each([
    ['7.6.1', ['3.9.2', '3.10.1'], '3.10.1'],
    ['7.6.1', ['3.9.2'], '3.9.2'],
    ['7.5.4', ['3.9.2', '3.10.1', '3.9.0'], '3.9.2'],
    ['7.4.0', ['3.7.2', '3.4.0'], '3.7.2'],
  ])('that PowerShell %s gets of %j is %s', (engine, versions, expected) => {
    expect(chooseModule(engine, files(...versions)).version).toBe(expected)
  })

  it.each([
    ['7.5.4', ['3.10.0', '3.4.0'], 'version 3.10.0 needs PowerShell 7.6, and this is 7.5.4', '3.9.2'],
    ['7.6.1', ['3.7.1', '2.0.5'], 'version 3.7.1, 2.0.5 is too old; 3.7.2 or newer is needed', '3.10.1'],
    ['7.6.1', [], 'it is not installed', '3.10.1'],
    ['7.4.6', [], 'it is not installed', '3.9.2'],
  ])('is refused for PowerShell %s with %j: %s', (engine, versions, said, install) => {
    const error = refusal(() => chooseModule(engine, files(...versions)))
    expect(error.said).toBe(said)
    expect(error.hint).toContain(`-RequiredVersion ${install} `)
  })

  it('is known by its GUID, in any spelling, and by nothing else', () => {
    const [genuine] = files('3.9.2').map((file) => ({ ...file, guid: file.guid.toUpperCase() }))
    const lookalike = { version: '3.9.9', guid: '11111111-2222-4333-8444-555555555555', path: 'x' }
    if (genuine === undefined) throw new Error('no module')
    expect(chooseModule('7.6.1', [lookalike, genuine])).toBe(genuine)
    expect(refusal(() => chooseModule('7.6.1', [lookalike])).said).toContain('is not the one of Microsoft')
  })
})
