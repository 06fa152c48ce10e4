import type { Scenario } from './scenario.ts'
import type { Seed } from './seed.ts'

function forbid(seed: Seed, ...cmdlets: readonly string[]): void {
  seed.caller = { ...seed.caller, without: cmdlets }
}

/** What the caller may not do. */
export const rightsScenarios = {
  'read-only': {
    description: 'the caller may read everything and write nothing',
    change(seed) {
      seed.caller = {
        roles: ['View-Only Configuration', 'View-Only Recipients', 'Message Tracking'],
        without: [],
      }
    },
  },
  'trace-denied': {
    description: 'the caller may not read the message trace',
    change: (seed) => forbid(seed, 'Get-MessageTraceV2'),
  },
  'leftovers-denied': {
    description: 'the caller may not read some places of leftovers',
    change: (seed) =>
      forbid(
        seed,
        'Get-ArcConfig',
        'Get-JournalRule',
        'Get-HostedContentFilterPolicy',
        'Get-TenantAllowBlockListItems',
        'Get-TenantAllowBlockListSpoofItems',
      ),
  },
  'connectors-denied': {
    description: 'the caller may not read connectors, without which no plan is complete',
    change: (seed) => forbid(seed, 'Get-InboundConnector', 'Get-OutboundConnector'),
  },
  'connectors-not-removable': {
    description: 'the caller may do everything but remove connectors',
    change: (seed) => forbid(seed, 'Remove-InboundConnector', 'Remove-OutboundConnector'),
  },
} as const satisfies Record<string, Scenario>
