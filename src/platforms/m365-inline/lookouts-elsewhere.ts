import { bypass, type Lookout, traced } from './lookout.ts'

/** What Exchange may hold besides the objects of the steps, read for this alone. */
export const lookoutsElsewhere: readonly Lookout[] = [
  {
    kind: 'transport-config',
    prefix: 'transport-config',
    harm: 'reports and internal trust may still go to the vendor',
    remedy: 'Set-TransportConfig -InternalSMTPServers / -JournalingReportNdrTo',
    look: traced,
  },
  {
    kind: 'arc-config',
    prefix: 'arc-sealer',
    harm: "the sealer's word overrides failures of DMARC",
    remedy: 'Microsoft Defender > Email authentication settings > ARC: remove the sealer',
    look: traced,
  },
  {
    kind: 'spoof-items',
    prefix: 'spoof',
    harm: 'spoofed mail through that infrastructure stays allowed',
    remedy: 'Microsoft Defender > Tenant Allow/Block Lists > Spoofed senders: remove the entry',
    look: traced,
  },
  {
    kind: 'allow-block-items',
    prefix: 'allow-block',
    harm: 'the entry allows or blocks more than is needed without the vendor',
    remedy: 'Microsoft Defender > Tenant Allow/Block Lists: remove the entry',
    look: traced,
  },
  {
    kind: 'journal-rule',
    prefix: 'journal',
    harm: 'copies of mail keep going out to it',
    remedy: 'Microsoft Purview > Exchange (legacy) > Journal rules: remove the rule',
    look: traced,
  },
  {
    kind: 'content-filter-policy',
    prefix: 'anti-spam',
    harm: `${bypass}; a sender address can be forged`,
    remedy: 'Microsoft Defender > Anti-spam policies > Allowed senders and domains: remove the entry',
    look: traced,
  },
  {
    kind: 'anti-phish-policy',
    prefix: 'anti-phish',
    harm: 'impersonation of it is not checked',
    remedy: 'Microsoft Defender > Anti-phishing > Trusted senders and domains: remove the entry',
    look: traced,
  },
  {
    kind: 'phish-sim-rule',
    prefix: 'phish-simulation',
    harm: 'mail from these addresses is delivered unfiltered',
    remedy: 'Microsoft Defender > Advanced delivery > Phishing simulation: remove the entry',
    look: traced,
  },
  {
    kind: 'safe-links-policy',
    prefix: 'safe-links',
    harm: 'links to it are not checked',
    remedy: 'Microsoft Defender > Safe Links > Do not rewrite: remove the entry',
    look: traced,
  },
  {
    kind: 'remote-domain',
    prefix: 'remote-domain',
    harm: 'mail to it may be trusted or forwarded by itself',
    remedy: 'Exchange admin center > Remote domains: remove the domain',
    look: traced,
  },
]
