import { describe, expect, it, test } from 'vitest'
import { decisionsOf, planOf, setObject } from '../../../test/support/mail-plan.ts'
import { buildFootprint } from '../../footprint/footprint.ts'
import type { JsonObject } from '../../model/json.ts'
import type { TenantObject } from '../../model/resource.ts'
import { txt } from './txt.ts'
import { vendorMx } from './vendor-mx.ts'

const domain = 'contoso.com'
const vendor = '10 mx.vendor.example'
const previous = '10 mail.contoso.com'
const answers = { state: 'answers' }

function smtpOf(properties: JsonObject): TenantObject {
  return {
    guid: 'mail.contoso.com',
    name: 'mail.contoso.com',
    properties: { host: 'mail.contoso.com', ...properties },
  }
}

function server(name: string, values: readonly string[], state = 'answered') {
  return { name, address: '192.0.2.1', state, ttl: 3600, values: [...values] }
}

interface Now {
  readonly mx: readonly string[]
  readonly set?: JsonObject
  readonly smtp?: JsonObject
  readonly allow?: readonly string[]
}

describe('right before the vendor’s MX goes', () => {
  const planned = planOf({ mx: [previous, vendor, '20 backup.contoso.com'] })
  const changes = planned.changes.filter(({ step }) => step === 'vendor-mx')

  function reasons({ mx, set = {}, smtp = answers, allow = [] }: Now): string {
    const objects = new Map([
      ['mx-set', [setObject('mx-set', domain, mx, { set })]],
      ['smtp', [smtpOf(smtp)]],
    ])
    const judging = { footprint: buildFootprint(['eu']), decisions: decisionsOf({ allow }) }
    return (vendorMx.guard?.check((kind) => objects.get(kind) ?? [], changes, judging) ?? []).join('; ')
  }

  it('nothing speaks against it while mail has another way everywhere', () => {
    expect(reasons({ mx: [previous, vendor] })).toBe('')
    expect(reasons({ mx: [previous, vendor, '20 backup.contoso.com'] })).toBe('')
  })

  test.each<[string, Now, string]>([
    ['the previous MX is gone again', { mx: [vendor, '20 backup.contoso.com'] }, 'is not there yet'],
    [
      'a server has not got it',
      { mx: [previous, vendor], set: { servers: [server('ns1', [vendor])] } },
      'not the same',
    ],
    [
      'a server does not answer',
      {
        mx: [previous, vendor],
        set: { servers: [server('ns1', [previous, vendor]), server('ns2', [], 'unreadable')] },
      },
      'not the same',
    ],
    ['no server was asked', { mx: [previous, vendor], set: { servers: [] } }, 'no authoritative server'],
    ['it cannot be read', { mx: [], set: { state: 'unreadable', reason: 'SERVFAIL' } }, 'SERVFAIL'],
    ['nothing else is left', { mx: [vendor] }, 'no MX that surely is not'],
    [
      'all that is left may be the vendor’s',
      { mx: [vendor, '5 inbound-smtp.eu-west-1.amazonaws.com'] },
      'no MX that surely is not',
    ],
    ['a null MX is left', { mx: ['0 .', vendor] }, 'no MX that surely is not'],
    [
      'the previous host is silent',
      { mx: [previous, vendor], smtp: { state: 'silent' } },
      'does not answer SMTP',
    ],
    ['it has no STARTTLS', { mx: [previous, vendor], smtp: { state: 'no-starttls' } }, 'offers no STARTTLS'],
    ['it has no address', { mx: [previous, vendor], smtp: { state: 'unresolvable' } }, 'has no address'],
  ])('%s', (_, now, expected) => {
    expect(reasons(now)).toContain(expected)
  })

  it('silence alone is waived', () => {
    const allow = ['Unanswered-MX']
    expect(reasons({ mx: [previous, vendor], smtp: { state: 'silent' }, allow })).toBe('')
    expect(reasons({ mx: [vendor], smtp: { state: 'silent' }, allow })).not.toBe('')
  })
})

describe('right before the value at _amazonses goes', () => {
  const planned = planOf({ mx: [previous], txt: ['"v"'], vendorTxt: ['v'] })
  const judging = { footprint: buildFootprint(['eu']), decisions: decisionsOf({}) }

  function reasons(mx: readonly string[], set: JsonObject = {}): readonly string[] {
    const objects = new Map([
      ['mx-set', [setObject('mx-set', domain, mx, { set })]],
      ['txt-set', [setObject('txt-set', domain, ['"v"'], {})]],
    ])
    return txt.guard?.check((kind) => objects.get(kind) ?? [], planned.changes, judging) ?? []
  }

  test('no server may lead mail to the vendor any more', () => {
    expect(reasons([previous])).toEqual([])
    expect(reasons([previous, vendor]).join()).toContain('still leads to the vendor')
    expect(reasons([previous], { servers: [server('ns2', [vendor])] }).join()).toContain('still leads')
    expect(reasons([], { state: 'unreadable' }).join()).toContain('could not be read')
  })
})
