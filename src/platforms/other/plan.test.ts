import { describe, expect, it, test } from 'vitest'
import { edits, type Given, planOf } from '../../../test/support/mail-plan.ts'
import { UsageError } from '../../model/errors.ts'

const vendor = '10 mx.vendor.example'
const ses = '10 inbound-smtp.eu-west-1.amazonaws.com'
const previous = '10 mail.contoso.com'

const ids = (found: readonly { readonly id: string }[]) => found.map(({ id }) => id)

describe('what goes and what comes', () => {
  test.each<[string, Given, readonly string[]]>([
    ['the vendor’s, by name', { mx: [vendor] }, [`add ${previous}`, `remove ${vendor}`]],
    [
      'the vendor’s own domain',
      { mx: ['5 in.perception-point.io'] },
      [`add ${previous}`, 'remove 5 in.perception-point.io'],
    ],
    ['a previous one that is there', { mx: [previous, vendor] }, [`remove ${vendor}`]],
    ['nothing, when it was done before', { mx: [previous] }, []],
    ['what only looks like it stays', { mx: [previous, ses] }, []],
    [
      'unless it is included',
      { mx: [previous, ses], include: ['MX:contoso.com/inbound-smtp.eu-west-1.amazonaws.com'] },
      [`remove ${ses}`],
    ],
    ['or its step is', { mx: [previous, ses], include: ['step:vendor-mx'] }, [`remove ${ses}`]],
    ['a domain without any MX gets the previous', { mx: [] }, [`add ${previous}`]],
    [
      'what is excluded is left',
      { mx: [previous, vendor], exclude: ['mx:contoso.com/mx.vendor.example'] },
      [],
    ],
    [
      'Microsoft’s host by its name',
      { mx: [vendor], previous: ['microsoft365'] },
      ['add 0 contoso-com.mail.protection.outlook.com', `remove ${vendor}`],
    ],
    [
      'Google’s by its',
      { mx: [vendor], previous: ['Google'] },
      ['add 1 smtp.google.com', `remove ${vendor}`],
    ],
  ])('%s', (_, given, expected) => {
    expect(edits(planOf(given))).toEqual(expected)
  })

  it('is told of an internationalised domain as it was given', () => {
    const plan = planOf({ domain: 'bücher.example', mx: [vendor], previous: ['microsoft365'] })
    expect(ids(plan.changes)).toEqual([
      'mx:bücher.example/xn--bcher-kva-example.mail.protection.outlook.com',
      'mx:bücher.example/mx.vendor.example',
    ])
    expect(plan.changes.every(({ lane }) => lane === 'bücher.example')).toBe(true)
  })

  it('takes the named value out of TXT, and leaves others', () => {
    const txt = ['"pmBGN/7Mjnf="', '"other"']
    expect(edits(planOf({ mx: [previous], txt, vendorTxt: ['pmBGN/7Mjnf='] }))).toEqual([
      'remove "pmBGN/7Mjnf="',
    ])
    expect(
      planOf({ mx: [previous, ses], txt, vendorTxt: ['pmBGN/7Mjnf='] }).lookalikes.map(({ id }) => id),
    ).toEqual(['mx:contoso.com/inbound-smtp.eu-west-1.amazonaws.com', 'txt:contoso.com/pmBGN/7Mjnf='])
  })

  it('holds TXT values doubtful only while mail goes in at Amazon', () => {
    expect(ids(planOf({ mx: [previous, vendor], txt: ['"a"'] }).lookalikes)).toEqual([])
    expect(ids(planOf({ mx: [previous, ses], txt: ['"a"'] }).lookalikes)).toContain('txt:contoso.com/a')
  })
})

describe('the wait', () => {
  it('is as long as the old time to live, the longest of any server', () => {
    expect(planOf({ mx: [previous], ttl: 60 }).waits).toEqual([])
    expect(planOf({ mx: [vendor], ttl: 60 }).waits).toMatchObject([
      { id: 'ttl', atLeastMs: 60_000, atMostMs: 3_720_000 },
    ])
    const servers = [{ name: 'ns1', address: '192.0.2.1', state: 'answered', ttl: 300, values: [vendor] }]
    expect(planOf({ mx: [vendor], ttl: 60, set: { servers } }).waits).toMatchObject([{ atLeastMs: 300_000 }])
  })

  it('is planned for a person too', () => {
    expect(planOf({ mx: [vendor], manual: true }).waits).toHaveLength(1)
  })
})

describe('what speaks against it', () => {
  const enforced = { state: 'read', mode: 'enforce', mx: ['mx.vendor.example'] }
  test.each<[string, Given, readonly string[]]>([
    ['nothing', { mx: [vendor] }, []],
    ['the vendor’s MX is the last', { mx: [vendor], previous: [] }, ['vendor-mx:contoso.com']],
    ['what is left may be the vendor’s', { mx: [vendor, ses], previous: [] }, ['vendor-mx:contoso.com']],
    ['another one stays', { mx: [vendor, '20 x.contoso.com'], previous: [] }, []],
    [
      'the one to go back to is excluded',
      { mx: [vendor], exclude: ['mx:contoso.com/mail.contoso.com'] },
      ['vendor-mx:contoso.com'],
    ],
    ['senders would refuse the previous MX', { mx: [vendor], policy: enforced }, ['mta-sts:contoso.com']],
    ['they know it', { mx: [vendor], policy: { ...enforced, mx: ['*.contoso.com'] } }, []],
    [
      'a star is one label',
      { mx: [vendor], policy: { ...enforced, mx: ['*.com'] } },
      ['mta-sts:contoso.com'],
    ],
    ['they only test', { mx: [vendor], policy: { ...enforced, mode: 'testing' } }, []],
    ['it does not answer', { mx: [vendor], smtp: { state: 'silent' } }, ['unanswered-mx']],
    ['it offers no STARTTLS', { mx: [vendor], smtp: { state: 'no-starttls' } }, ['unanswered-mx']],
    ['it was not asked', { mx: [vendor], previous: ['10 x.example'] }, ['unanswered-mx']],
    ['nothing is left to do', { mx: [previous], smtp: { state: 'silent' }, policy: enforced }, []],
    ['another region', { mx: [vendor], spf: 'v=spf1 ip4:3.81.182.154 -all' }, ['region:us']],
  ])('%s', (_, given, expected) => {
    expect(ids(planOf(given).blockers)).toEqual(expected)
  })

  it('can be waived for silence alone', () => {
    const plan = planOf({
      ...{ mx: [vendor], smtp: { state: 'silent' }, policy: enforced },
      allow: ['unanswered-mx', 'mta-sts:contoso.com', 'vendor-mx:contoso.com'],
    })
    expect(plan.blockers.map(({ id, waived }) => [id, waived])).toEqual([
      ['mta-sts:contoso.com', false],
      ['unanswered-mx', true],
    ])
    expect(planOf({ mx: [vendor], previous: [], allow: ['vendor-mx:contoso.com'] }).blockers[0]?.waived).toBe(
      false,
    )
  })

  it('a policy in testing is a leftover', () => {
    const policy = { ...enforced, mode: 'testing' }
    expect(ids(planOf({ mx: [vendor], policy }).leftovers)).toContain('mta-sts:contoso.com')
  })
})

describe('a domain is left alone', () => {
  test.each<[string, Given, string]>([
    ['that could not be read', { mx: [], set: { state: 'unreadable', reason: 'no answer' } }, 'no answer'],
    ['that takes no mail', { mx: ['0 .'] }, 'null MX'],
    [
      'whose policy could not be read',
      { mx: [vendor], policy: { state: 'unreadable', mx: [], reason: 'down' } },
      'down',
    ],
  ])('%s', (_, given, reason) => {
    const plan = planOf(given)
    expect(plan.changes).toEqual([])
    expect(plan.unread.filter(({ required }) => required)).toEqual([
      expect.objectContaining({ lane: 'contoso.com', reason: expect.stringContaining(reason) }),
    ])
  })

  it('but its policy is no matter when nothing is to be done', () => {
    const policy = { state: 'unreadable', mx: [], reason: 'down' }
    expect(planOf({ mx: [previous], policy }).unread.some(({ required }) => required)).toBe(false)
  })
})

test.each([
  ['5 in.perception-point.io', 'the vendor'],
  ['5 MX.vendor.example.', 'the vendor'],
  ['0 .', 'null MX'],
  ['65536 mail.contoso.com', '0 to 65535'],
  ['-1 mail.contoso.com', 'previous-mx'],
  ['mail.contoso.com', 'previous-mx'],
  ['10 not a host', 'previous-mx'],
])('--previous-mx %s is wrong usage', (given, said) => {
  expect(() => planOf({ mx: [vendor], previous: [given] })).toThrow(UsageError)
  expect(() => planOf({ mx: [vendor], previous: [given] })).toThrow(said)
})

test('the hash goes by what the whole set was, and not by TXT values of others', () => {
  const hash = (given: Given) => planOf({ mx: [vendor], txt: ['"v"'], vendorTxt: ['v'], ...given }).hash
  const base = hash({})
  expect(hash({})).toBe(base)
  expect(hash({ txt: ['"v"', '"w"'] })).toBe(base)
  expect(hash({ mx: [vendor, '20 x.example'] })).not.toBe(base)
  expect(hash({ ttl: 60 })).not.toBe(base)
  expect(hash({ previous: ['20 mail.contoso.com'] })).not.toBe(base)
  expect(hash({ manual: true })).not.toBe(base)
  const byHand = (mx: readonly string[]) => hash({ manual: true, mx })
  expect(byHand([vendor, '20 x.example'])).not.toBe(byHand([vendor]))
})
