import type { Scenario } from './scenario.ts'
import { add, edit, listOf, rename, type SeedObject } from './seed.ts'
import { vendorNames } from './vendor-setup.ts'

const kind = 'transport-rule'
const manyRules = 1300

function customerRule(index: number): SeedObject {
  const number = String(index).padStart(4, '0')
  return {
    name: `Department ${number}`,
    properties: {
      RecipientAddressContainsWords: [`dept-${number}`],
      PrependSubject: `[${number}] `,
      ...(index % 7 === 0 ? { State: 'Disabled' } : {}),
    },
  }
}

/** Rules that are hard to read, to show, or to make again. */
export const ruleScenarios = {
  'many-rules': {
    description: '1,300 rules over several pages, the vendor’s among them, in a tenant with a limit of 2,000',
    change(seed) {
      const rules = listOf(seed, kind)
      const count = manyRules - rules.length
      const added = Array.from({ length: count }, (_, index) => customerRule(index))
      const first = rules.slice(0, 3)
      const last = rules.slice(3)
      seed.objects[kind] = [...first, ...added.slice(0, 1100), ...last, ...added.slice(1100)]
      edit(seed, 'transport-config', 'Transport Settings', { TransportRuleLimit: 2000 })
    },
  },
  'hostile-names': {
    description: 'names with quotes, $(), line breaks, right-to-left marks and HTML',
    change(seed) {
      const content = { SubjectContainsWords: ['x'], PrependSubject: '[x] ' }
      for (const name of [
        `"; $(Remove-TransportRule *) #'`,
        'Two\r\nlines',
        'Abrechnung \u202Egnuhcer\u202C \u200F!',
        '<script>alert("rule")</script>',
        'Tag  Invoices',
        'tag invoices',
        '*',
        '`whoami` | tee & %PATH%',
      ])
        add(seed, kind, name, content)
      rename(seed, kind, vendorNames.redirect, 'Perception Point\nRedirect Rule')
      rename(seed, kind, vendorNames.spam, 'Perception\tPoint Spam Rule')
      add(seed, kind, 'Header \u202E"audit" <b>&amp;</b>', {
        HeaderMatchesMessageHeader: 'X-PERCEPTION-POINT-VERDICT',
        HeaderMatchesPatterns: ['.*'],
        PrependSubject: '[audited] ',
      })
      add(seed, 'inbound-connector', `$(calc) "partner" <img src=x onerror=alert(1)>\u202E`, {
        SenderDomains: ['smtp:scan.contoso.com;1'],
        SenderIPAddresses: ['52.12.169.124'],
      })
    },
  },
  'unknown-condition': {
    description: 'a rule of the vendor’s has a condition that no parameter can set again',
    change: (seed) => edit(seed, kind, vendorNames.spam, { ContentMatchesPrompt: 'asks for a payment' }),
  },
  'old-dlp-condition': {
    description: 'a rule of the vendor’s has a condition of data loss prevention, which is no longer taken',
    change: (seed) =>
      edit(seed, kind, vendorNames.junkLow, {
        MessageContainsDataClassifications: ['@{minCount=1; name=Credit Card Number}'],
      }),
  },
  'redacted-text': {
    description: 'the session sees the text of a rule of the vendor’s redacted',
    change: (seed) => edit(seed, kind, vendorNames.spam, { HeaderContainsWords: ['<REDACTED: FAIL>'] }),
  },
  'rule-limit': {
    description: 'the tenant holds as many rules as it may',
    change: (seed) =>
      edit(seed, 'transport-config', 'Transport Settings', { TransportRuleLimit: listOf(seed, kind).length }),
  },
} as const satisfies Record<string, Scenario>
