import type { JsonObject } from '../../src/model/json.ts'
import type { Source } from '../../src/model/resource.ts'
import type { ReadCmdlet } from './cmdlets.ts'
import { readAll } from './objects.ts'
import type { ExchangeReader } from './transport.ts'

interface SourceEntry {
  readonly kind: string
  readonly cmdlet: ReadCmdlet
  /** One set of parameters for each call; the answers are taken together. */
  readonly calls?: readonly JsonObject[]
}

const unlimited = [{ ResultSize: 'Unlimited' }]

/** What is only read: places where a vendor's values may be left. */
const entries: readonly SourceEntry[] = [
  { kind: 'accepted-domain', cmdlet: 'Get-AcceptedDomain', calls: unlimited },
  {
    kind: 'allow-block-items',
    cmdlet: 'Get-TenantAllowBlockListItems',
    calls: ['Sender', 'Url', 'FileHash', 'IP'].map((ListType) => ({ ListType })),
  },
  { kind: 'anti-phish-policy', cmdlet: 'Get-AntiPhishPolicy' },
  { kind: 'arc-config', cmdlet: 'Get-ArcConfig' },
  { kind: 'content-filter-policy', cmdlet: 'Get-HostedContentFilterPolicy' },
  { kind: 'dkim-signing-config', cmdlet: 'Get-DkimSigningConfig' },
  { kind: 'journal-rule', cmdlet: 'Get-JournalRule' },
  { kind: 'phish-sim-policy', cmdlet: 'Get-PhishSimOverridePolicy' },
  { kind: 'phish-sim-rule', cmdlet: 'Get-ExoPhishSimOverrideRule' },
  { kind: 'remote-domain', cmdlet: 'Get-RemoteDomain', calls: unlimited },
  { kind: 'safe-links-policy', cmdlet: 'Get-SafeLinksPolicy' },
  { kind: 'sec-ops-policy', cmdlet: 'Get-SecOpsOverridePolicy' },
  { kind: 'sec-ops-rule', cmdlet: 'Get-ExoSecOpsOverrideRule' },
  { kind: 'spoof-items', cmdlet: 'Get-TenantAllowBlockListSpoofItems' },
  { kind: 'transport-config', cmdlet: 'Get-TransportConfig' },
]

function bindSource(reader: ExchangeReader, { kind, cmdlet, calls = [{}] }: SourceEntry): Source {
  return {
    kind,
    async list() {
      const lists = await Promise.all(calls.map((parameters) => readAll(reader, cmdlet, parameters)))
      return lists.flat()
    },
  }
}

export function bindSources(reader: ExchangeReader): ReadonlyMap<string, Source> {
  return new Map(entries.map((entry) => [entry.kind, bindSource(reader, entry)]))
}
