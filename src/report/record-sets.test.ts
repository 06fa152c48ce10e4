import { expect, test } from 'vitest'
import type { Plan } from '../model/plan.ts'
import { planText } from './plan-text.ts'
import { samplePlan } from './sample/plan.ts'

const look = { columns: 100, color: false, verbose: false } as const

const plan: Plan = {
  ...samplePlan,
  platform: 'other',
  decisions: {
    ...samplePlan.decisions,
    mx: {
      ...{ domains: ['contoso.com', 'bücher.example'], previous: ['10 mail.contoso.com'] },
      ...{ vendorHosts: [], vendorTxt: [], provider: 'cloudflare', zone: 'contoso.com' },
    },
  },
  recordSets: [
    {
      ...{ zone: 'contoso.com', name: 'contoso.com', type: 'MX', ttl: 300, restsOn: 'object' },
      before: ['10 mx.vendor.example', '20 backup.contoso.com'],
      after: ['10 mail.contoso.com', '20 backup.contoso.com'],
    },
  ],
}

test('a plan shows each record set whole: what goes, what stays and what comes', () => {
  expect(planText(plan, look)).toContain(
    [
      'Record sets, before and after',
      '  MX of contoso.com (zone contoso.com, TTL 300 s)',
      '    - 10 mx.vendor.example',
      '    = 20 backup.contoso.com',
      '    + 10 mail.contoso.com',
    ].join('\n'),
  )
})

test('its head names the domains, who holds the zone, and where mail goes back to', () => {
  expect(planText(plan, look)).toContain('  domains   contoso.com, bücher.example, zone contoso.com')
  expect(planText(plan, look)).toContain('  DNS       Cloudflare; back to 10 mail.contoso.com')
  expect(planText(samplePlan, look)).not.toContain('  domains   ')
})
