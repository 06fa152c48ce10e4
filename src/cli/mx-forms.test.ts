import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UsageError } from '../model/errors.ts'
import { type Options, parseOptions } from './parse.ts'

function read(options: Readonly<Record<string, unknown>>): Options {
  return parseOptions({ arguments: [], options })
}

function refusal(options: Readonly<Record<string, unknown>>): UsageError {
  try {
    read(options)
  } catch (error) {
    if (error instanceof UsageError) return error
    throw error
  }
  throw new Error('it was taken')
}

describe('--domain', () => {
  test('takes several, each time or with commas, and each once', () => {
    const { domain } = read({ domain: ['contoso.com, Fabrikam.COM', 'contoso.com', 'münchen.example.'] })
    expect(domain).toEqual(['contoso.com', 'fabrikam.com', 'xn--mnchen-3ya.example'])
  })

  test.each([
    ['a blank inside', 'conto so.com', '"conto so.com"'],
    ['nothing between two commas', 'contoso.com,,fabrikam.com', '""'],
    ['nothing', '', '""'],
    ['one label', 'localhost', '"localhost"'],
    ['an address', '192.0.2.1', '"192.0.2.1"'],
    ['a label that begins with a hyphen', '-a.example', '"-a.example"'],
    ['a label of 64 characters', `${'a'.repeat(64)}.example`, `"${'a'.repeat(64)}.example"`],
    ['two dots', 'contoso..com', '"contoso..com"'],
    ['a hidden character', 'contoso\u202e.com', '"contoso\\u{202e}.com"'],
  ])('refuses %s, and names it', (_what, text, named) => {
    const { message, said } = refusal({ domain: ['adatum.com', text] })
    expect(message).toContain('--domain')
    expect(said).toContain(named)
  })
})

describe('--previous-mx', () => {
  test.each([
    ['10 mail.example.com', '10 mail.example.com'],
    ['  010\tMail.Example.COM. ', '10 mail.example.com'],
    ['0 mail.example.com', '0 mail.example.com'],
    ['65535 mail.example.com', '65535 mail.example.com'],
    ['10 post.münchen.example', '10 post.xn--mnchen-3ya.example'],
    ['Microsoft365', 'microsoft365'],
    ['google', 'google'],
  ])('takes %j', (text, value) => {
    expect(read({ previousMx: [text] }).previousMx).toEqual([value])
  })

  test.each([
    ['a host alone', 'mail.example.com', 'neither a preference and a host'],
    ['a preference alone', '10', 'neither a preference and a host'],
    ['another service', 'yahoo', 'microsoft365 or google'],
    ['a preference above 65535', '65536 mail.example.com', 'from 0 to 65535'],
    ['a preference below 0', '-1 mail.example.com', 'from 0 to 65535'],
    ['a preference that is no whole number', '1.5 mail.example.com', 'from 0 to 65535'],
    ['the null MX', '0 .', 'null MX'],
    ['an address', '10 192.0.2.1', '"192.0.2.1" is an address'],
    ['an address in brackets', '10 [IPv6:2001:db8::1]', 'is an address'],
    ['a host that is none', '10 mail_server', '"mail_server" is not a host name'],
    ['a whole record', '3600 IN MX 10 mail.example.com', 'neither a preference and a host'],
  ])('refuses %s, and says why', (_what, text, why) => {
    const { message, said, hint } = refusal({ previousMx: ['5 good.example.com', text] })
    expect(message).toContain('--previous-mx')
    expect(said).toContain(why)
    expect(hint).toContain('--previous-mx "10 mail.example.com"')
  })

  test('takes every preference that there is, in one spelling', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 200_000 }), (preference) => {
        const given = { previousMx: [`${preference} mail.example.com`] }
        if (preference < 0 || preference > 65_535) expect(refusal(given).said).toContain('65535')
        else expect(read(given).previousMx).toEqual(given.previousMx)
      }),
    )
  })
})

describe('--vendor-mx, --vendor-txt and --zone', () => {
  test('are read, with names in one spelling and texts as they are', () => {
    const { vendorMx, vendorTxt, zone } = read({
      vendorMx: ['IN.Vendor.example.'],
      vendorTxt: ['pmBGN/7MjnfhTKUZ06Enqq1PeGUaOkw8lGhcfwefcHU='],
      zone: 'Example.COM.',
    })
    expect(vendorMx).toEqual(['in.vendor.example'])
    expect(vendorTxt).toEqual(['pmBGN/7MjnfhTKUZ06Enqq1PeGUaOkw8lGhcfwefcHU='])
    expect(zone).toBe('example.com')
  })

  test.each([
    ['vendorMx', '--vendor-mx', ['10 in.vendor.example'], 'not a host name'],
    ['vendorMx', '--vendor-mx', ['198.51.100.7'], 'is an address'],
    ['vendorTxt', '--vendor-txt', ['  '], 'empty'],
    ['vendorTxt', '--vendor-txt', ['a\u0000b'], 'control character'],
    ['zone', '--zone', 'com', 'not a domain'],
    ['dns', '--dns', 'bind', 'must be one of manual, rfc2136, cloudflare, route53, azure, google'],
  ])('%s: a bad value is refused with the option', (name, option, value, why) => {
    const { message, said } = refusal({ [name]: value })
    expect(message).toContain(option)
    expect(said).toContain(why)
  })
})
