import { describe, expect, it } from 'vitest'
import { cloudProviders, openMailWorld } from '../../../test/support/mail.ts'
import { checkOf, forThisTest, namesOf } from './test-doctor.ts'

const platform = ['--platform', 'other', '--domain', 'contoso.com']
const back = ['--previous-mx', '10 mail.contoso.com']

describe('domains in DNS', () => {
  it.each(cloudProviders)('that %s holds are ok, and nothing is written', async (provider) => {
    const { offboard, show } = await forThisTest(openMailWorld({ provider }))
    const outcome = await offboard('doctor', ...platform, ...back, '--dns', provider)
    expect([outcome.exitCode, outcome.summary.tenant]).toEqual([0, 'contoso.com'])
    expect(namesOf(outcome, 'missing')).toEqual([])
    expect(namesOf(outcome, 'unknown')).toEqual([])
    expect(checkOf(outcome, 'Zone of contoso.com').detail).toContain('ns1.hosted-dns.example')
    expect(checkOf(outcome, `contoso.com at ${provider}`).detail).toContain(
      '10 contoso-com.mx.perception-point.io',
    )
    expect(checkOf(outcome, 'Previous MX').detail).toContain('answers SMTP')
    expect((await show()).writes).toEqual([])
  })

  it('that a person changes need no credential; the next command says all that was said', async () => {
    const { offboard } = await forThisTest(openMailWorld({ provider: 'manual' }))
    const outcome = await offboard('doctor', ...platform, ...back, '--vendor-mx', 'mx.vendor.example')
    expect(outcome.exitCode).toBe(0)
    expect(checkOf(outcome, 'DNS provider').detail).toContain('a person types the records')
    expect(outcome.summary.next).toEqual([
      "offboard run --platform other --region REGION --domain contoso.com --previous-mx '10 mail.contoso.com' --vendor-mx mx.vendor.example --dry-run",
    ])
  })

  it('without the provider’s credential: what to set', async () => {
    const { offboard, env } = await forThisTest(openMailWorld())
    delete env.CLOUDFLARE_API_TOKEN
    const outcome = await offboard('doctor', ...platform, ...back, '--dns', 'cloudflare')
    expect(outcome.exitCode).toBe(1)
    expect(checkOf(outcome, 'DNS provider')).toMatchObject({
      ok: 'missing',
      detail: expect.stringContaining('CLOUDFLARE_API_TOKEN is not set'),
    })
  })

  it('with a credential that the provider refuses: so it says', async () => {
    const { offboard, env } = await forThisTest(openMailWorld())
    env.CLOUDFLARE_API_TOKEN = 'sandbox-cloudflare-token-of-nobody'
    const outcome = await offboard('doctor', ...platform, ...back, '--dns', 'cloudflare')
    expect(outcome.exitCode).toBe(1)
    expect(checkOf(outcome, 'Zone of contoso.com').ok).toBe('ok')
    expect(checkOf(outcome, 'contoso.com at cloudflare').ok).toBe('missing')
    expect(outcome.stdout).not.toContain('sandbox-cloudflare-token-of-nobody')
  })

  it('of which the provider holds a copy that nobody asks: so it says', async () => {
    const { offboard } = await forThisTest(openMailWorld({ scenario: 'other-not-delegated' }))
    const outcome = await offboard('doctor', ...platform, ...back, '--dns', 'cloudflare')
    expect(outcome.exitCode).toBe(1)
    expect(checkOf(outcome, 'contoso.com at cloudflare')).toMatchObject({
      ok: 'missing',
      detail: expect.stringContaining('elsewhere-dns.example'),
    })
  })

  it('of which one cannot be found: that one is told, and the others are ok', async () => {
    const { offboard } = await forThisTest(openMailWorld({ scenario: 'other-broken-zone' }))
    const outcome = await offboard(
      'doctor',
      ...platform,
      '--domain',
      'fabrikam.com',
      ...back,
      '--dns',
      'cloudflare',
    )
    expect(outcome.exitCode).not.toBe(0)
    expect(checkOf(outcome, 'Zone of fabrikam.com').ok).not.toBe('ok')
    expect(checkOf(outcome, 'Zone of contoso.com').ok).toBe('ok')
  })

  it('whose previous MX does not answer: how it may be waived', async () => {
    const { offboard, control } = await forThisTest(openMailWorld())
    await control.act('set-smtp', { state: 'no-starttls' })
    const outcome = await offboard('doctor', ...platform, ...back, '--dns', 'cloudflare')
    expect(outcome.exitCode).toBe(0)
    expect(checkOf(outcome, 'Previous MX')).toMatchObject({
      ok: 'missing',
      remedy: expect.stringContaining('--allow unanswered-mx'),
    })
  })

  it('whose policy cannot be fetched: not taken for none', async () => {
    const { offboard } = await forThisTest(openMailWorld({ scenario: 'other-mta-sts-vendor' }))
    const outcome = await offboard('doctor', ...platform, ...back, '--dns', 'cloudflare')
    expect([outcome.exitCode, checkOf(outcome, 'MTA-STS of contoso.com').ok]).toEqual([5, 'unknown'])
  })
})
